/** Liao et al. 2023, diffusion spectral entropy (arXiv 2312.04823): what it says. */
package reprise.papers.spectral;
