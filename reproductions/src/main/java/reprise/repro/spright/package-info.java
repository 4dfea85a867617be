/** The reproduction of Li et al. 2015, SPRIGHT (arXiv 1508.06336). */
package reprise.repro.spright;
