/**
 * Matrices of models replaced by products of two thin ones. Hsu et al. 2022, "Language model
 * compression with weighted low-rank factorization" (arXiv 2207.00112).
 */
package reprise.dsl.lowrank;
