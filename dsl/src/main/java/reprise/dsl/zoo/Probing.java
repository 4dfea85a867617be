package reprise.dsl.zoo;

import reprise.dsl.unit.Checks;

/**
 * How landscapes are measured. Defaults follow the code of the zoos (2504.18072) where it says
 * something: Hessians in evaluation mode over 640 training examples, curves at batch 128 and rate
 * .1; curves go on for 50 epochs as in Yang et al., since the 10 epochs of the zoos are 3900 steps
 * on CIFAR-10 and 100 on small data.
 *
 * @param samples training examples of the Hessian
 * @param iterations of power iteration at most
 * @param tolerance of the residual relative to the eigenvalue
 * @param signs random vectors of Hutchinson's estimate of the trace
 * @param lanczos steps of the spectral density, one random vector; 0 for none
 * @param curve training of the curve's middle point; its decay is on the point of the curve
 * @param places on curve and line, with both ends
 * @param similarityBatch examples a CKA is computed over
 * @param mixup both parameters of the Beta distribution for mixed examples, a whole number
 */
public record Probing(
    int samples,
    int iterations,
    double tolerance,
    int signs,
    int lanczos,
    Descent curve,
    int places,
    int similarityBatch,
    int mixup) {
  /** Defaults. */
  public static final Probing STANDARD =
      new Probing(640, 100, 1e-3, 100, 24, new Descent(128, 0.1, 0.9, 5e-4, 50), 5, 128, 16);

  public Probing {
    Checks.positive("samples", samples, "examples");
    Checks.positive("iterations", iterations, "Hessian-vector products");
    Checks.positive("tolerance", tolerance, "the eigenvalue");
    Checks.positive("signs", signs, "random vectors");
    Checks.present("curve", curve);
    Checks.positive("similarity batch", similarityBatch, "examples");
    Checks.positive("mixup", mixup, "Beta parameter");
    if (places < 3 || lanczos < 0) {
      throw new IllegalArgumentException(
          "a path needs at least 3 places and Lanczos no negative steps, got "
              + places
              + " and "
              + lanczos);
    }
  }

  /** The same with other limits of iteration and random vectors. */
  public Probing hessian(int products, int vectors) {
    return new Probing(
        samples, products, tolerance, vectors, lanczos, curve, places, similarityBatch, mixup);
  }

  /** The same with curves trained for so many epochs. */
  public Probing curveEpochs(int epochs) {
    return new Probing(
        samples,
        iterations,
        tolerance,
        signs,
        lanczos,
        curve.epochs(epochs),
        places,
        similarityBatch,
        mixup);
  }
}
