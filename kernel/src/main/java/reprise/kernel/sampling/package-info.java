/** Rules of decoding on drawn distributions: the sampler that ships, and what it keeps. */
package reprise.kernel.sampling;
