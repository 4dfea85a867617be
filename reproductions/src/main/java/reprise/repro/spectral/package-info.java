/** The reproduction of Liao et al. 2023, diffusion spectral entropy (arXiv 2312.04823). */
package reprise.repro.spectral;
