/**
 * Activation sparsity (Luo et al. 2024, arXiv 2411.02335): which share of the neurons of
 * feed-forward blocks a language model needs, along its training.
 */
package reprise.dsl.sparsity;
