package reprise.dsl.zoo;

import reprise.dsl.unit.Checks;

/**
 * Stochastic gradient descent with momentum, at a constant rate, over shuffled epochs whose last
 * incomplete batch is dropped.
 *
 * @param batch examples in a step
 * @param rate learning rate
 * @param momentum of the gradients, not dampened
 * @param weightDecay added to the gradient of weights, not of biases
 * @param epochs passes over the training set
 */
public record Descent(int batch, double rate, double momentum, double weightDecay, int epochs) {
  public Descent {
    Checks.positive("batch", batch, "examples");
    Checks.positive("learning rate", rate, "step size");
    Checks.positive("epochs", epochs, "passes");
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum must lie in [0, 1), got " + momentum);
    }
    if (!(weightDecay >= 0)) {
      throw new IllegalArgumentException("weight decay must not be negative, got " + weightDecay);
    }
  }

  /** The same with another batch. */
  public Descent batch(int examples) {
    return new Descent(examples, rate, momentum, weightDecay, epochs);
  }

  /** The same at another rate. */
  public Descent rate(double value) {
    return new Descent(batch, value, momentum, weightDecay, epochs);
  }

  /** The same with another weight decay. */
  public Descent weightDecay(double value) {
    return new Descent(batch, rate, momentum, value, epochs);
  }

  /** The same for another number of epochs. */
  public Descent epochs(int number) {
    return new Descent(batch, rate, momentum, weightDecay, number);
  }

  /** Steps of an epoch over so many examples. */
  public int stepsPerEpoch(int examples) {
    return Math.max(1, examples / batch);
  }
}
