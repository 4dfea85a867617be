/** Henighan et al. 2020, "Scaling Laws for Autoregressive Generative Modeling". */
package reprise.papers.henighan;
