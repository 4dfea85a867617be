/** Hsu et al. 2022, Fisher-weighted SVD (arXiv 2207.00112): what it says. */
package reprise.papers.fwsvd;
