/** Luo et al. 2024, "Sparsing Law" (arXiv 2411.02335). */
package reprise.papers.sparsing;
