/** Zhai et al. 2023, attention entropy collapse and sigmaReparam (arXiv 2303.06296). */
package reprise.papers.sigmareparam;
