/**
 * Hoffmann et al. 2022, "Training Compute-Optimal Large Language Models" (arXiv 2203.15556), and
 * Besiroglu et al. 2024, "Chinchilla Scaling: A replication attempt" (arXiv 2404.10102).
 */
package reprise.papers.chinchilla;
