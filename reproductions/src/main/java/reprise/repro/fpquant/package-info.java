/** The reproduction of Sun et al. 2025, floating-point quantisation training. */
package reprise.repro.fpquant;
