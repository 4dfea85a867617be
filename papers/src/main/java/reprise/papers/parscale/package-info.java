/** Chen et al. 2025, Parallel Scaling Law for Language Models: what the paper says. */
package reprise.papers.parscale;
