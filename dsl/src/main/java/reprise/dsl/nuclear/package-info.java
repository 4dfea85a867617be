/**
 * How spread out the rows of a matrix are, by its nuclear norm and by a cheaper stand-in. Li et al.
 * 2024, "Large Language Model Evaluation via Matrix Nuclear-Norm" (arXiv 2410.10672).
 *
 * <p>Shortest form:
 *
 * {@snippet lang=java :
 * run(matrixNorms().of(gaussian(64)));
 * }
 */
package reprise.dsl.nuclear;
