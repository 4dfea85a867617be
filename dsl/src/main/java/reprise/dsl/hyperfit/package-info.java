/**
 * Hyperfitting (Carlsson et al. 2024, arXiv 2412.04318): a language model fine-tuned on a few
 * windows until its training loss is near zero, and what becomes of the texts it writes.
 */
package reprise.dsl.hyperfit;
