package reprise.dsl.zoo;

/**
 * What decides the phase of a cell, means over its seeds; NaN where it was not measured or is not
 * defined.
 *
 * @param trainLoss nats per example
 * @param trace of the Hessian of the training loss
 * @param connectivity of minima along a trained curve, percentage points of training error: below 0
 *     a barrier, above 0 something better lies between
 * @param similarity linear CKA between seeds, 0 to 1
 */
public record Landscape(double trainLoss, double trace, double connectivity, double similarity) {}
