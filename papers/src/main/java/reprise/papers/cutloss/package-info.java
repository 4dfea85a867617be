/** Wijmans et al. 2024, Cut Your Losses (arXiv 2411.09009): what it says. */
package reprise.papers.cutloss;
