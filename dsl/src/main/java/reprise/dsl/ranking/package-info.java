/**
 * Metrics of rankings under class imbalance. McDermott et al. 2024, "A Closer Look at AUROC and
 * AUPRC under Class Imbalance" (arXiv 2401.06091).
 */
package reprise.dsl.ranking;
