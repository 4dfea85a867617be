/** The reproduction of Chen et al. 2025, Parallel Scaling Law for Language Models. */
package reprise.repro.parscale;
