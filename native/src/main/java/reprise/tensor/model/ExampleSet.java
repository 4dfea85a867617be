package reprise.tensor.model;

import reprise.tensor.ir.Examples;
import reprise.tensor.ir.Shape;

/**
 * Sizes of the labelled examples inside a program, and how batches are drawn from them.
 *
 * @param train number of examples in {@code train_x} [train, ..] and {@code train_y}
 * @param test number of examples in {@code test_x} and {@code test_y}
 * @param input shape of one example: [d], or an image [H, W, C]
 * @param classes number of labels
 * @param order how training examples follow one another
 * @param shift largest shift of images in training, see {@link Examples.Augment}; 0 for none
 * @param flip whether images are mirrored at random in training
 * @param evalBatch examples in one step of the evaluations
 */
public record ExampleSet(
    int train,
    int test,
    Shape input,
    int classes,
    Examples.Order order,
    int shift,
    boolean flip,
    int evalBatch) {
  /** Shuffled epochs without augmentation; evaluations of at most 256 examples a step. */
  public static ExampleSet of(int train, int test, Shape input, int classes) {
    return new ExampleSet(
        train, test, input, classes, Examples.Order.SHUFFLED, 0, false, Math.min(256, test));
  }

  /** The same in another order. */
  public ExampleSet order(Examples.Order other) {
    return new ExampleSet(train, test, input, classes, other, shift, flip, evalBatch);
  }

  /** The same with images shifted by up to some pixels, and mirrored or not. */
  public ExampleSet augment(int pixels, boolean mirror) {
    return new ExampleSet(train, test, input, classes, order, pixels, mirror, evalBatch);
  }

  /** Steps of {@code evaluate} that see every test example once. */
  public int testSteps() {
    return (test + evalBatch - 1) / evalBatch;
  }

  /** Steps of {@code evaluate_train} that see every training example once. */
  public int trainSteps() {
    return (train + evalBatch - 1) / evalBatch;
  }

  /** Whole batches of this size in one epoch; what is left begins the next (or is passed over). */
  public int stepsPerEpoch(int batch) {
    return Math.max(1, train / batch);
  }
}
