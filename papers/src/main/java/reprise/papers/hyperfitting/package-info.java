/**
 * Carlsson et al. 2024, "The Hyperfitting Phenomenon" (arXiv 2412.04318), and its follow-up "Beyond
 * Temperature" (arXiv 2605.22579).
 */
package reprise.papers.hyperfitting;
