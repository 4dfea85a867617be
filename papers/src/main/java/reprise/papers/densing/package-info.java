/** Xiao et al. 2024, "Densing Law of LLMs" (arXiv 2412.04315): what the paper says. */
package reprise.papers.densing;
