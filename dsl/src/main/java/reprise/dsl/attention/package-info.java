/**
 * How concentrated attention is while a transformer is trained, and what keeps it from collapsing.
 * Zhai et al. 2023, "Stabilizing Transformer Training by Preventing Attention Entropy Collapse"
 * (arXiv 2303.06296).
 */
package reprise.dsl.attention;
