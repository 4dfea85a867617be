/** The reproduction of Baghaei Potraghloo et al. 2025, Top-H (arXiv 2509.02510). */
package reprise.repro.toph;
