/** Dettmers et al. 2022, LLM.int8() (arXiv 2208.07339): what it says. */
package reprise.papers.int8;
