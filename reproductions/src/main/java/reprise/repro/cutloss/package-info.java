/** The reproduction of Wijmans et al. 2024, Cut Your Losses (arXiv 2411.09009). */
package reprise.repro.cutloss;
