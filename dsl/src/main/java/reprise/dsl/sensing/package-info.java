/**
 * Gradient descent on factors of a low-rank matrix that is seen through linear measurements. Xiong,
 * Ding and Du 2023, "How Over-Parameterization Slows Down Gradient Descent in Matrix Sensing"
 * (arXiv 2310.01769).
 */
package reprise.dsl.sensing;
