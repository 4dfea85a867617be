/** Li et al. 2015, SPRIGHT (arXiv 1508.06336): what it says. */
package reprise.papers.spright;
