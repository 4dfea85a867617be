/** McDermott et al. 2024, AUROC and AUPRC under class imbalance: what the paper says. */
package reprise.papers.auroc;
