/**
 * The head of a language model over a large vocabulary: what memory its loss takes, and which of
 * its gradient counts. Wijmans et al. 2024, "Cut Your Losses in Large-Vocabulary Language Models"
 * (arXiv 2411.09009).
 */
package reprise.dsl.head;
