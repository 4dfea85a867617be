/** Huang et al. 2025, out-of-context reasoning (arXiv 2506.10887): what it says. */
package reprise.papers.reasoning;
