package reprise.kernel.zoo;

import java.util.List;
import reprise.dsl.zoo.Descent;
import reprise.dsl.zoo.Probing;
import reprise.tensor.curvature.Curvature;
import reprise.tensor.ir.Examples;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Optimise;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;
import reprise.tensor.model.Architecture;
import reprise.tensor.model.LearningRate;
import reprise.tensor.model.Optimiser;
import reprise.tensor.model.Training;
import reprise.tensor.model.Weight;
import reprise.tensor.model.WeightSpace;

/**
 * The program that measures models of one net on one data set. Functions: {@code probe_loss} (mean
 * over the Hessian's examples), {@code train}, {@code test} and their like along paths between
 * {@code start.*} and {@code end.*} ({@code train_on_curve}, {@code train_on_line}, {@code
 * test_on_line}; scalars {@code loss}, {@code correct}), {@code curve_step} (trains the middle of a
 * quadratic Bezier curve, Garipov et al. 2018), {@code mixed} and {@code test} (logits).
 *
 * @param net the architecture
 * @param examples data set
 * @param probing how things are measured
 */
record LandscapeProgram(Architecture net, ZooExamples examples, Probing probing) {
  private static final int BATCH_STREAM = 41;
  private static final int PLACE_STREAM = 42;
  private static final int ESTIMATE_STREAM = 43;

  /** Batches of mixed examples that similarity is averaged over (Yang et al. 2021, code). */
  static final int MIXED_BATCHES = 6;

  List<Weight> weights() {
    return net.weights(Shape.of(examples.features()), examples.classes());
  }

  /** Examples of the Hessian; all where there are fewer than asked for. */
  int samples() {
    return Math.min(probing.samples(), examples.train());
  }

  int mixedRows() {
    return MIXED_BATCHES * probing.similarityBatch();
  }

  int curveSteps() {
    Descent c = probing.curve();
    return c.epochs() * c.stepsPerEpoch(examples.train());
  }

  /** The Hessian of the mean loss over the first training examples, in evaluation mode. */
  Curvature curvature() {
    return Curvature.of("probe_loss", "loss", weights().stream().map(Weight::name).toList())
        .lanczosSteps(Math.max(1, probing.lanczos()));
  }

  Program build() {
    ProgramBuilder b = Program.builder("landscape");
    Training training = training();
    for (Weight w : weights()) {
      b.state(w.name(), w.type(), State.Kind.PARAMETER);
      training.declare(b, w.name(), w.type());
      b.state("start." + w.name(), w.type(), State.Kind.SETTING);
      b.state("end." + w.name(), w.type(), State.Kind.SETTING);
    }
    for (Architecture.Statistic s : net.statistics()) {
      b.state(s.name() + ".mean", TensorType.f32(s.channels()), State.Kind.STATISTIC);
      b.state(s.name() + ".variance", TensorType.f32(s.channels()), State.Kind.STATISTIC);
    }
    b.state("path.position", TensorType.f32(), State.Kind.SETTING);
    b.state("step", TensorType.i32(), State.Kind.COUNTER);
    data(b, "probe", samples());
    data(b, "train", examples.train());
    data(b, "test", examples.test());
    data(b, "mixed", mixedRows());
    b.function("probe_loss", f -> evaluate(f, "probe"));
    b.function("train", f -> evaluate(f, "train"));
    b.function("test", f -> evaluate(f, "test"));
    b.function("mixed", f -> evaluate(f, "mixed"));
    b.function("batch_loss", this::batchLoss);
    b.function("curve_begin", f -> begin(f, training));
    if (!net.statistics().isEmpty()) {
      b.function("estimate", this::estimate);
    }
    Program p = WeightSpace.bezier(b.build(), "train", "train_on_curve");
    p = WeightSpace.bezier(p, "batch_loss", "curve_loss");
    p = WeightSpace.line(p, "train", "train_on_line");
    p = WeightSpace.line(p, "test", "test_on_line");
    if (!net.statistics().isEmpty()) {
      p = WeightSpace.bezier(p, "estimate", "estimate_on_curve");
      p = WeightSpace.line(p, "estimate", "estimate_on_line");
    }
    Program paths = p;
    p = ProgramBuilder.from(p).function("curve_step", f -> step(f, paths, training)).build();
    return curvature().extend(p);
  }

  // constant to 50 %, straight to 1 % at 90 %, then 1 % (code of Garipov et al. 2018)
  private Training training() {
    Descent c = probing.curve();
    int steps = Math.max(1, (int) Math.round(0.9 * curveSteps()));
    int fall = Math.max(1, (int) Math.round(0.4 * curveSteps()));
    LearningRate rate =
        new LearningRate.Scheduled(
            Optimise.Decay.WARMUP_STABLE_DECAY, c.rate(), c.rate() / 100, 0, Math.min(fall, steps));
    return new Training(
        c.batch(), steps, rate, new Optimiser.Sgd(c.momentum(), false, 0), 0, 0, List.of());
  }

  private void data(ProgramBuilder b, String name, int rows) {
    b.state(name + "_x", TensorType.f32(rows, examples.features()), State.Kind.DATA);
    b.state(name + "_y", TensorType.i32(rows), State.Kind.DATA);
  }

  private void evaluate(FunctionBuilder f, String set) {
    Value y = f.read(set + "_y");
    Value logits = net.logits(f, f.read(set + "_x"), Architecture.Mode.EVALUATE);
    f.output("loss", logits.crossEntropy(y).mean());
    f.output("correct", f.apply(new Examples.Correct(), logits, y).sum());
    f.output("logits", logits);
  }

  private List<Value> batch(FunctionBuilder f, Value step, int stream) {
    int batch = Math.min(probing.curve().batch(), examples.train());
    Value index =
        f.applyAll(
                new Examples.Batch(
                    Examples.Order.SHUFFLED_WHOLE_BATCHES, examples.train(), batch, stream),
                step)
            .getFirst();
    return List.of(
        f.read("train_x").gather(index), f.apply(new Examples.Labels(), f.read("train_y"), index));
  }

  /** Cross-entropy plus decay/2 |w|^2 of the weights that the net is run with. */
  private void batchLoss(FunctionBuilder f) {
    List<Value> batch = batch(f, f.read("step"), BATCH_STREAM);
    Value logits = net.logits(f, batch.get(0), Architecture.Mode.TRAIN);
    Value loss = logits.crossEntropy(batch.get(1)).mean();
    for (Weight w : weights()) {
      loss = loss.add(f.read(w.name()).square().sum().scale(probing.curve().weightDecay() / 2));
    }
    f.output("loss", loss);
  }

  private void estimate(FunctionBuilder f) {
    Value step = f.apply(new RandomOp.CallStep());
    List<Value> batch = batch(f, step, ESTIMATE_STREAM);
    f.output("logits", net.logits(f, batch.get(0), Architecture.Mode.ESTIMATE));
  }

  private void begin(FunctionBuilder f, Training training) {
    for (Weight w : weights()) {
      training.zero(f, w.name(), w.type());
    }
    f.update("step", f.fill(0, TensorType.i32()));
    f.update("path.position", place(f, f.fill(0, TensorType.i32())));
  }

  /** t ~ U[0, 1). */
  private static Value place(FunctionBuilder f, Value step) {
    return f.apply(new RandomOp.Uniform(Shape.of(), PLACE_STREAM, 0, 1), step);
  }

  private void step(FunctionBuilder f, Program paths, Training training) {
    Value step = f.read("step");
    Value loss = f.inline(paths.function("curve_loss")).get("loss");
    List<Training.Trained> middle =
        weights().stream().map(w -> new Training.Trained(w.name(), w.type(), false)).toList();
    training.step(f, loss, middle, step);
    f.update("step", step.increment(1));
    f.update("path.position", place(f, step.increment(1)));
    f.output("loss", loss);
  }
}
