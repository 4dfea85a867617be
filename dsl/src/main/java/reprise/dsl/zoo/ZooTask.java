package reprise.dsl.zoo;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.plan.Field;
import reprise.dsl.plan.Task;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;

/**
 * One model of a zoo: trained, then measured by itself and against the seeds of its cell that come
 * after it.
 *
 * @param id unique in its plan
 * @param model the net
 * @param data on what
 * @param descent how
 * @param probing how it is measured
 * @param seed of initialisation and order
 * @param seeds of its cell, 1 to n
 */
public record ZooTask(
    String id,
    Perceptron model,
    ZooData data,
    Descent descent,
    Probing probing,
    int seed,
    int seeds)
    implements Task {
  public ZooTask {
    Checks.text("run id", id);
    Checks.present("model", model);
    Checks.present("data", data);
    Checks.present("descent", descent);
    Checks.present("probing", probing);
  }

  /** What the seeds of one cell have in common. */
  public record Cell(Perceptron model, ZooData data, Descent descent) {}

  /** The model of another seed in the same cell. */
  public ZooTask seed(int other) {
    String name = id.replaceFirst("-s" + seed + "$", "-s" + other);
    return new ZooTask(name, model, data, descent, probing, other, seeds);
  }

  /** The cell it belongs to. */
  public Cell cell() {
    return new Cell(model, data, descent);
  }

  /** Weights and biases. */
  public long weights() {
    return model.weights(data);
  }

  @Override
  public int steps() {
    return descent.epochs() * descent.stepsPerEpoch(data.train());
  }

  // forward and backward: 6 FLOP a weight and example
  @Override
  public Flops flops() {
    return new Flops(6.0 * weights() * descent.batch() * steps());
  }

  // a Hessian-vector product costs two gradients; curves are shared out over the seeds
  @Override
  public double evaluationFlops() {
    double products = probing.iterations() + probing.signs() + probing.lanczos();
    double hessian = 12.0 * weights() * probing.samples() * products;
    Descent c = probing.curve();
    double curve = 6.0 * weights() * c.batch() * c.epochs() * c.stepsPerEpoch(data.train());
    double epochs = 2.0 * weights() * (data.train() + data.test()) * descent.epochs();
    return hessian + (seeds - 1) * curve + epochs;
  }

  // weights, moments, ends of curves, Lanczos vectors, all epochs; data; activations
  @Override
  public Bytes memory() {
    long copies = 8L + probing.lanczos() + descent.epochs();
    long examples = (long) (data.train() + data.test()) * (data.features() + 6L * model.width());
    return new Bytes(4 * (copies * weights() + examples));
  }

  @Override
  public String setting() {
    Descent c = probing.curve();
    return "perceptrons of "
        + model.layers()
        + " hidden layers, SGD with momentum "
        + Numbers.plain(descent.momentum())
        + ", "
        + descent.epochs()
        + " epochs, "
        + seeds
        + " seeds a cell; Hessian over "
        + Math.min(probing.samples(), data.train())
        + " examples (power iteration to "
        + Numbers.plain(probing.tolerance())
        + " or "
        + probing.iterations()
        + ", "
        + probing.signs()
        + " sign vectors, "
        + probing.lanczos()
        + " Lanczos steps); curves of "
        + c.epochs()
        + " epochs at rate "
        + Numbers.plain(c.rate())
        + ", batch "
        + c.batch()
        + ", decay "
        + Numbers.plain(c.weightDecay())
        + ", "
        + probing.places()
        + " places; CKA over batches of "
        + probing.similarityBatch()
        + ", mixup "
        + probing.mixup();
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.words("data", data.label()),
        Field.number("width", model.width(), String.valueOf(model.width())),
        Field.whole("weights", weights()),
        Field.number("batch", descent.batch(), String.valueOf(descent.batch())),
        Field.number("rate", descent.rate(), Numbers.plain(descent.rate())),
        Field.number("decay", descent.weightDecay(), Numbers.plain(descent.weightDecay())),
        Field.whole("steps", steps()),
        Field.number("seed", seed, String.valueOf(seed)));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (descent.batch() > data.train()) {
      problems.add(
          "expected a batch of at most the "
              + data.train()
              + " training examples, got "
              + descent.batch());
    }
    if (probing.similarityBatch() > data.test()) {
      problems.add(
          "expected a similarity batch of at most the "
              + data.test()
              + " test examples, got "
              + probing.similarityBatch());
    }
    return problems;
  }
}
