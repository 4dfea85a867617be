/** Ghorbani et al. 2021, Scaling Laws for Neural Machine Translation: what the paper says. */
package reprise.papers.nmt;
