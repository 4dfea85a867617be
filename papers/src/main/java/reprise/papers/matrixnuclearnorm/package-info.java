/** Li et al. 2024, Matrix Nuclear-Norm (arXiv 2410.10672): what the paper says. */
package reprise.papers.matrixnuclearnorm;
