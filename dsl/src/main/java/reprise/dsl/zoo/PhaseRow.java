package reprise.dsl.zoo;

/**
 * What the cells of one phase have in common.
 *
 * @param phase which
 * @param cells how many
 * @param meanTest mean test accuracy, percent
 * @param bestTest largest test accuracy of a cell, percent
 * @param error standard error of the mean over cells, percentage points; NaN for one cell
 * @param meanLoss mean training loss, nats
 * @param meanLogTrace mean of ln Tr(H) over cells of positive trace
 */
public record PhaseRow(
    Phase phase,
    int cells,
    double meanTest,
    double bestTest,
    double error,
    double meanLoss,
    double meanLogTrace) {}
