/**
 * Rules of decoding on drawn distributions, without a language model: how surprising what they draw
 * is (Mirostat, Basu et al. 2021, arXiv 2007.14966), and what they keep (Top-H, arXiv 2509.02510).
 */
package reprise.dsl.sampling;
