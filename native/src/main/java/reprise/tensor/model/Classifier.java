package reprise.tensor.model;

import java.util.List;
import reprise.tensor.RunReport;
import reprise.tensor.ir.Elementwise;
import reprise.tensor.ir.Examples;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/**
 * Training of a net on labelled examples as one program, made for groups: examples are shared data
 * ({@code train_x}, {@code train_y}, {@code test_x}, {@code test_y}), what differs between members
 * are settings: {@code rate_factor} (times the learning rate; 1), {@code l2} where asked for (adds
 * l2/2 times the sum of squares of the weights that decay to the loss; 0), {@code label_noise}
 * (share of training labels replaced; 0) and {@code noise_seed}. Functions:
 *
 * <ul>
 *   <li>{@code initialise}: weights from Philox, moments, statistics, step and settings at their
 *       defaults. Run once, before settings are written.
 *   <li>{@code train_step}: outputs {@code loss} (nats, before the update, without l2), {@code
 *       accuracy}, {@code learning_rate}, {@code gradient_norm}.
 *   <li>{@code evaluate}, {@code evaluate_train}: chunk i of the test or training examples in order
 *       in step i of the call: scalars {@code loss_sum}, {@code correct}, {@code count}, and per
 *       example {@code losses}, {@code logits} (zero weight beyond the end). See {@link #loss} and
 *       {@link #accuracy}.
 *   <li>{@code estimate_statistics} (with batch normalisation): running statistics become the mean
 *       over the batches of the call, from scratch.
 * </ul>
 */
public final class Classifier {
  private static final int BATCH_STREAM = 1;
  private static final int AUGMENT_STREAM = 2;
  private static final int NOISE_STREAM = 3;
  private static final int FIRST_INIT_STREAM = 1000;

  private final Architecture net;
  private final Training training;
  private final ExampleSet examples;
  private final List<Weight> weights;
  private final boolean l2;

  private Classifier(Architecture net, Training training, ExampleSet examples, boolean l2) {
    this.l2 = l2;
    this.net = net;
    this.training = training.rate(new LearningRate.Multiplied(training.rate(), "rate_factor"));
    this.examples = examples;
    this.weights = net.weights(examples.input(), examples.classes());
  }

  /** The whole program, without the setting {@code l2}. */
  public static Program program(Architecture net, Training training, ExampleSet examples) {
    return new Classifier(net, training, examples, false).build();
  }

  /** The whole program with the setting {@code l2}: a pass more over the weights in each step. */
  public static Program programWithL2(Architecture net, Training training, ExampleSet examples) {
    return new Classifier(net, training, examples, true).build();
  }

  /** Mean loss in nats over the examples of an evaluation. */
  public static double loss(RunReport evaluation) {
    return total(evaluation, "loss_sum") / total(evaluation, "count");
  }

  /** Share of examples whose largest logit is that of their label. */
  public static double accuracy(RunReport evaluation) {
    return total(evaluation, "correct") / total(evaluation, "count");
  }

  private static double total(RunReport r, String output) {
    double sum = 0;
    for (float x : r.series(output)) {
      sum += x;
    }
    return sum;
  }

  /** 1/(i + 1) in step i of a call. */
  static Value inverseCount(FunctionBuilder f) {
    Value i = f.apply(new Elementwise.ToFloat(), f.apply(new RandomOp.CallStep()));
    return f.apply(new Elementwise.Unary(Elementwise.Function.RECIPROCAL), i.affine(1, 1));
  }

  private Program build() {
    ProgramBuilder b = Program.builder("classifier");
    for (Weight w : weights) {
      b.state(w.name(), w.type(), State.Kind.PARAMETER);
      training.declare(b, w.name(), w.type());
    }
    for (Architecture.Statistic s : net.statistics()) {
      TensorType channels = TensorType.f32(s.channels());
      b.state(s.name() + ".mean", channels, State.Kind.STATISTIC);
      b.state(s.name() + ".variance", channels, State.Kind.STATISTIC);
    }
    b.state("step", TensorType.i32(), State.Kind.COUNTER);
    b.state("rate_factor", TensorType.f32(), State.Kind.SETTING);
    b.state("label_noise", TensorType.f32(), State.Kind.SETTING);
    if (l2) {
      b.state("l2", TensorType.f32(), State.Kind.SETTING);
    }
    b.state("noise_seed", TensorType.i32(), State.Kind.SETTING);
    data(b, "train", examples.train());
    data(b, "test", examples.test());
    b.function("initialise", this::initialise);
    b.function("train_step", this::trainStep);
    b.function("evaluate", f -> evaluate(f, "test", examples.test(), false));
    b.function("evaluate_train", f -> evaluate(f, "train", examples.train(), true));
    if (!net.statistics().isEmpty()) {
      b.function(
          "estimate_statistics",
          f -> {
            Value step = f.apply(new RandomOp.CallStep());
            Value index = draw(f, step).get(0);
            Value logits = net.logits(f, take(f, "train", index), Architecture.Mode.ESTIMATE);
            f.output("logits", logits);
          });
    }
    return b.build();
  }

  private void data(ProgramBuilder b, String name, int n) {
    b.state(name + "_x", TensorType.f32(n, examples.input().size()), State.Kind.DATA);
    b.state(name + "_y", TensorType.i32(n), State.Kind.DATA);
  }

  private void initialise(FunctionBuilder f) {
    int stream = FIRST_INIT_STREAM;
    for (Weight w : weights) {
      f.update(w.name(), w.draw(f, stream++));
      training.zero(f, w.name(), w.type());
    }
    for (Architecture.Statistic s : net.statistics()) {
      f.update(s.name() + ".mean", f.fill(0, TensorType.f32(s.channels())));
      f.update(s.name() + ".variance", f.fill(1, TensorType.f32(s.channels())));
    }
    f.update("step", f.fill(0, TensorType.i32()));
    f.update("rate_factor", f.scalar(1));
    if (l2) {
      f.update("l2", f.scalar(0));
    }
    f.update("label_noise", f.scalar(0));
    f.update("noise_seed", f.fill(0, TensorType.i32()));
  }

  /** All examples in every step: they are taken as they lie. */
  private boolean wholeSet() {
    return training.batch() == examples.train();
  }

  private List<Value> draw(FunctionBuilder f, Value step) {
    if (wholeSet()) {
      int n = examples.train();
      Value start = f.fill(0, TensorType.i32());
      return f.applyAll(new Examples.Batch(Examples.Order.IN_ORDER, n, n, BATCH_STREAM), start);
    }
    return f.applyAll(
        new Examples.Batch(examples.order(), examples.train(), training.batch(), BATCH_STREAM),
        step);
  }

  /** Examples [B, ..] by index. */
  private Value take(FunctionBuilder f, String set, Value index) {
    boolean all = set.equals("train") && wholeSet() && index.shape().dim(0) == examples.train();
    Value x = all ? f.read(set + "_x") : f.read(set + "_x").gather(index);
    int[] dims = new int[examples.input().rank() + 1];
    dims[0] = index.shape().dim(0);
    for (int a = 1; a < dims.length; a++) {
      dims[a] = examples.input().dim(a - 1);
    }
    return x.reshape(dims);
  }

  private Value labels(FunctionBuilder f, String set, Value index, boolean noisy) {
    Value y = f.apply(new Examples.Labels(), f.read(set + "_y"), index);
    return noisy
        ? f.apply(
            new Examples.NoisyLabels(examples.classes(), NOISE_STREAM),
            y,
            index,
            f.read("label_noise"),
            f.read("noise_seed"))
        : y;
  }

  private void trainStep(FunctionBuilder f) {
    Value step = f.read("step");
    Value index = draw(f, step).get(0);
    Value x = take(f, "train", index);
    if (examples.shift() > 0 || examples.flip()) {
      x = f.apply(new Examples.Augment(examples.shift(), examples.flip(), AUGMENT_STREAM), x, step);
    }
    Value y = labels(f, "train", index, true);
    Value logits = net.logits(f, x, Architecture.Mode.TRAIN);
    Value loss = logits.crossEntropy(y).mean();
    training.step(f, loss, trained(), step, this::penalty);
    f.update("step", step.increment(1));
    f.output("loss", loss).output("accuracy", f.apply(new Examples.Correct(), logits, y).mean());
  }

  private List<Training.Trained> trained() {
    return weights.stream().map(w -> new Training.Trained(w.name(), w.type(), w.decays())).toList();
  }

  /** Gradient of l2/2 |w|^2. */
  private Value penalty(FunctionBuilder f, Training.Trained p, Value gradient) {
    return l2 && p.decays() ? gradient.add(f.read(p.name()).mul(f.read("l2"))) : gradient;
  }

  private void evaluate(FunctionBuilder f, String set, int n, boolean noisy) {
    Value step = f.apply(new RandomOp.CallStep());
    List<Value> batch =
        f.applyAll(
            new Examples.Batch(
                Examples.Order.IN_ORDER, n, Math.min(n, examples.evalBatch()), BATCH_STREAM),
            step);
    Value y = labels(f, set, batch.get(0), noisy);
    Value logits = net.logits(f, take(f, set, batch.get(0)), Architecture.Mode.EVALUATE);
    Value weight = batch.get(1);
    Value losses = logits.crossEntropy(y).mul(weight);
    f.output("loss_sum", losses.sum());
    f.output("correct", f.apply(new Examples.Correct(), logits, y).mul(weight).sum());
    f.output("count", weight.sum());
    f.output("losses", losses).output("logits", logits);
  }
}
