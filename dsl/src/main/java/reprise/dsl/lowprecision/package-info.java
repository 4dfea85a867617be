/** Training in simulated floating-point formats of few bits (Sun et al. 2025, arXiv 2501.02423). */
package reprise.dsl.lowprecision;
