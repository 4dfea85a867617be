package reprise.tensor.curvature;

/**
 * An eigenvalue found by iteration.
 *
 * @param value v'Hv for the last unit vector v
 * @param residual |Hv - value v|: some eigenvalue lies within this distance of the value
 * @param iterations how many were run
 */
public record Eigenvalue(double value, double residual, int iterations) {}
