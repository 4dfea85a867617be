/** The reproduction of Luo et al. 2024, sparsing law. */
package reprise.repro.sparsing;
