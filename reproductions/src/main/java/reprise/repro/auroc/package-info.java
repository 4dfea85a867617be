/** The reproduction of McDermott et al. 2024, AUROC and AUPRC. */
package reprise.repro.auroc;
