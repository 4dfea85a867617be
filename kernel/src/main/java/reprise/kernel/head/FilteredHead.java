package reprise.kernel.head;

import java.util.List;
import reprise.dsl.head.Filter;
import reprise.dsl.head.FilterTrial;
import reprise.tensor.ir.Cut;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Op;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;
import reprise.tensor.model.LearningRate;
import reprise.tensor.model.Optimiser;
import reprise.tensor.model.Training;

/**
 * A bigram model with logits {@code embedding[x] . head[y]}, embedding and head [V, d]. Functions
 * {@link #step} of a filter, one update; {@code look}, on the tokens held out: {@code loss}, blocks
 * that {@code count} by number and {@code sorted}, and |dw| squared, {@code whole} and {@code lost}
 * to the filter; {@code softmax} of the tokens held out.
 */
record FilteredHead(FilterTrial trial) {
  private static final double RATE = 0.01;

  /** The function that updates under a filter. */
  static String step(Filter filter) {
    return "step_" + filter.ordinal();
  }

  Program program() {
    int v = trial.model().vocabulary().count();
    int d = trial.model().width().count();
    int batch = Math.toIntExact(trial.model().batch().count());
    List<Training.Trained> trained =
        List.of(
            new Training.Trained("embedding", TensorType.f32(v, d), false),
            new Training.Trained("head", TensorType.f32(v, d), false));
    Training adam =
        new Training(
            batch,
            trial.updates(),
            LearningRate.constant(RATE),
            new Optimiser.AdamW(0.9, 0.99, 1e-8, 0),
            1,
            0,
            List.of());
    ProgramBuilder b = Program.builder("filtered_head");
    for (Training.Trained p : trained) {
      b.state(p.name(), p.type(), State.Kind.PARAMETER);
      adam.declare(b, p.name(), p.type());
    }
    b.state("step", TensorType.i32(), State.Kind.COUNTER);
    b.state("tokens", TensorType.i32(FilterTrial.DRAWN), State.Kind.DATA);
    b.state("inputs", TensorType.i32(FilterTrial.HELD_OUT), State.Kind.DATA);
    b.state("targets", TensorType.i32(FilterTrial.HELD_OUT), State.Kind.DATA);
    for (Filter filter : Filter.values()) {
      b.function(
          step(filter),
          f -> {
            Value step = f.read("step");
            List<Value> drawn = f.read("tokens").sampleWindows(1, batch, 0, step);
            Value x = f.read("embedding").gather(drawn.get(0)).reshape(batch, d);
            Value targets = drawn.get(1).reshape(batch);
            Op loss = new Cut.CutCrossEntropy(threshold(filter), filter == Filter.SORTED);
            Value mean = f.applyAll(loss, x, f.read("head"), targets).getFirst().mean();
            f.output("loss", mean);
            adam.step(f, mean, trained, step);
            f.update("step", step.increment(1));
          });
    }
    b.function("look", f -> look(f, d));
    b.function(
        "softmax", f -> f.output("p", heldOut(f, d).matmulTransposed(f.read("head")).softmax()));
    return b.build();
  }

  private static double threshold(Filter filter) {
    return filter == Filter.NONE ? 0 : Cut.THRESHOLD;
  }

  private static Value heldOut(FunctionBuilder f, int d) {
    return f.read("embedding").gather(f.read("inputs")).reshape(FilterTrial.HELD_OUT, d);
  }

  private static void look(FunctionBuilder f, int d) {
    int n = FilterTrial.HELD_OUT;
    Value x = heldOut(f, d);
    Value w = f.read("head");
    Value targets = f.read("targets");
    List<Value> loss = f.applyAll(new Cut.CutCrossEntropy(0, false), x, w, targets);
    Value mean = f.fill(1.0 / n, TensorType.f32(n));
    Value number = Cut.asNumbered(w);
    Value sorted = Cut.byMeanLogit(x, w);
    Op all = new Cut.CutCrossEntropyGrad(0);
    Op filter = new Cut.CutCrossEntropyGrad(Cut.THRESHOLD);
    Value lse = loss.get(1);
    Value whole = f.applyAll(all, x, w, targets, lse, mean, number).get(1);
    List<Value> numbered = f.applyAll(filter, x, w, targets, lse, mean, number);
    List<Value> ordered = f.applyAll(filter, x, w, targets, lse, mean, sorted);
    f.output("loss", loss.getFirst().mean());
    f.output("count", numbered.get(2).mean());
    f.output("sorted", ordered.get(2).mean());
    f.output("whole", whole.square().sum());
    f.output("lost", ordered.get(1).sub(whole).square().sum());
  }
}
