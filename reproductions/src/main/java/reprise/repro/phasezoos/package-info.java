/** The reproduction of Schürholt et al. 2025 and Yang et al. 2021. */
package reprise.repro.phasezoos;
