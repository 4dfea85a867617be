/** Li et al. 2024, Matrix Nuclear-Norm (arXiv 2410.10672): what we ran. */
package reprise.repro.matrixnuclearnorm;
