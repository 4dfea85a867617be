package reprise.kernel.analysis;

/**
 * Whether a point is an optimum, judged by how far a full Newton step would lower the function,
 * relative to its value. Neither the scale of the function nor that of its parameters changes the
 * answer, where a bare tolerance on gradient or decrease is met by any small function.
 *
 * @param value of the function
 * @param possibleDecrease of a Newton step, relative to the value
 * @param holds whether the point passes
 */
record Optimality(double value, double possibleDecrease, boolean holds) {
  private static final double TOLERANCE = 1e-9;
  private static final double NOISE_FREE = 1e-12;

  static Optimality of(Smooth f, double[] x) {
    double value = f.at(x, new double[x.length]);
    double decrease = Newton.possibleDecrease(f, x);
    double relative = decrease == 0 ? 0 : decrease / value;
    return new Optimality(value, relative, decrease <= TOLERANCE * value + NOISE_FREE);
  }
}
