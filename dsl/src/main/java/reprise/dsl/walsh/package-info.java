/**
 * Walsh-Hadamard transforms of which few coefficients differ from 0, recovered from few samples. Li
 * et al. 2015, "SPRIGHT" (arXiv 1508.06336).
 */
package reprise.dsl.walsh;
