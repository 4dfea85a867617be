/**
 * Metrics of rankings under class imbalance. McDermott et al. 2024, "A Closer Look at AUROC and
 * AUPRC under Class Imbalance" (arXiv 2401.06091).
 *
 * <p>Shortest form:
 *
 * {@snippet lang=java :
 * plan(rankingStudy(0.05).subgroups(0.10, 0.02, 0.8));
 * }
 */
package reprise.dsl.ranking;
