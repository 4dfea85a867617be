/** The reproduction of Carlsson et al. 2024. */
package reprise.repro.hyperfitting;
