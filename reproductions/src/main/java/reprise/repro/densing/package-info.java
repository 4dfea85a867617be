/** The reproduction of Xiao et al. 2024, densing law. */
package reprise.repro.densing;
