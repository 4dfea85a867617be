/** The reproduction of Ghorbani et al. 2021, Scaling Laws for Neural Machine Translation. */
package reprise.repro.nmt;
