package reprise.kernel.analysis;

/** A differentiable function of several variables, to be minimised. */
@FunctionalInterface
public interface Smooth {
  /**
   * The value at {@code x}, and the gradient there written to {@code gradient}. NaN or infinity
   * mean "not allowed here"; the minimiser steps back.
   */
  double at(double[] x, double[] gradient);
}
