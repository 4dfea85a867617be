/**
 * Allen-Zhu and Li 2024, "Physics of Language Models: Part 3.3, Knowledge Capacity Scaling Laws"
 * (arXiv 2404.05405).
 */
package reprise.papers.physics33;
