/** Entropies of the spectra of diffusion between points. */
package reprise.kernel.spectral;
