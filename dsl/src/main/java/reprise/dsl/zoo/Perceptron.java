package reprise.dsl.zoo;

import reprise.dsl.unit.Checks;

/**
 * A multi-layer perceptron with ReLU, biases and He's normal weights.
 *
 * @param width of every hidden layer
 * @param layers hidden layers
 */
public record Perceptron(int width, int layers) {
  public Perceptron {
    Checks.positive("width", width, "hidden units");
    Checks.positive("layers", layers, "hidden layers");
  }

  /** Weights and biases for examples of a data set. */
  public long weights(ZooData data) {
    long n = 0;
    long in = data.features();
    for (int l = 0; l <= layers; l++) {
      long out = l == layers ? data.classes() : width;
      n += (in + 1) * out;
      in = out;
    }
    return n;
  }
}
