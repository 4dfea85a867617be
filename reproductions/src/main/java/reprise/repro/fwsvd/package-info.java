/** The reproduction of Hsu et al. 2022, Fisher-weighted SVD (arXiv 2207.00112). */
package reprise.repro.fwsvd;
