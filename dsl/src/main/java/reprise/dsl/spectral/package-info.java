/**
 * Entropy of the spectrum of diffusion between points. Liao et al. 2023, "Assessing Neural Network
 * Representations During Training Using Noise-Resilient Diffusion Spectral Entropy" (arXiv
 * 2312.04823).
 */
package reprise.dsl.spectral;
