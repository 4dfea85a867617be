package reprise.kernel.hyperfit;

import java.util.List;
import reprise.dsl.hyperfit.Tuning;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;
import reprise.tensor.model.Decoder.Parameter;
import reprise.tensor.model.Decoder.Role;
import reprise.tensor.model.LearningRate;
import reprise.tensor.model.Optimiser;
import reprise.tensor.model.Training;
import reprise.tensor.model.Transformer;
import reprise.tensor.model.TransformerConfig;

/**
 * Fine-tuning of a decoder on whole windows, in the order in which they lie in the data: function
 * {@code tune_step}, one update on the next {@code batch} windows of {@code inputs} and {@code
 * targets}; outputs {@code loss} (nats, before the update), {@code learning_rate}, {@code
 * gradient_norm}.
 *
 * <p>{@code inputs} and {@code targets} hold one epoch: {@code samples} windows of T tokens each,
 * the targets one token later. The caller writes them in the order they shall be seen.
 */
final class TuningProgram {
  /** Adam's constants as in the paper's code, which leaves them at their defaults. */
  private static final Optimiser ADAM = new Optimiser.AdamW(0.9, 0.999, 1e-8, 0);

  private static final double CLIP = 1;

  private TuningProgram() {}

  /** Writes the program for a set of that many windows. */
  static Program of(TransformerConfig config, Tuning tuning, int samples) {
    int context = config.context();
    Training training =
        new Training(
            tuning.batch(samples),
            tuning.updates(),
            LearningRate.constant(tuning.rate()),
            ADAM,
            CLIP,
            0,
            List.of());
    ProgramBuilder b = Program.builder("tuning");
    List<Parameter> parameters = Transformer.parameters(config);
    for (Parameter p : parameters) {
      b.state(p.name(), type(p), State.Kind.PARAMETER);
      training.declare(b, p.name(), type(p));
    }
    b.state("step", TensorType.i32(), State.Kind.COUNTER);
    // one token more: a window is cut where a token follows it
    b.state("inputs", TensorType.i32(samples * context + 1), State.Kind.DATA);
    b.state("targets", TensorType.i32(samples * context + 1), State.Kind.DATA);
    b.function("tune_step", f -> tune(f, config, training, parameters));
    return b.build();
  }

  private static void tune(
      FunctionBuilder f, TransformerConfig config, Training training, List<Parameter> parameters) {
    Value step = f.read("step");
    var windows = new RandomOp.SequentialWindows(training.batch(), config.context());
    Value inputs = f.applyAll(windows, f.read("inputs"), step).getFirst();
    Value targets = f.applyAll(windows, f.read("targets"), step).getFirst();
    Value loss = Transformer.logits(config, f, inputs).crossEntropy(targets).mean();
    List<Training.Trained> trained =
        parameters.stream()
            .map(p ->
                new Training.Trained(
                    p.name(), type(p), p.role() != Role.GAIN && p.role() != Role.BIAS))
            .toList();
    f.output("loss", loss);
    training.step(f, loss, trained, step);
    f.update("step", step.increment(1));
  }

  private static TensorType type(Parameter p) {
    return new TensorType(TensorType.f32().dtype(), p.shape());
  }
}
