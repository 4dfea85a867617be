/** Baghaei Potraghloo et al. 2025, Top-H (arXiv 2509.02510): what it says. */
package reprise.papers.toph;
