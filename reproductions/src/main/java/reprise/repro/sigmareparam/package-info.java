/** The reproduction of Zhai et al. 2023, attention entropy collapse. */
package reprise.repro.sigmareparam;
