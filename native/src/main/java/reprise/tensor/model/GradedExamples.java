package reprise.tensor.model;

import java.util.List;
import reprise.tensor.ir.Examples;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;
import reprise.tensor.model.Decoder.Parameter;

/**
 * A decoder over examples that each fill a window, of whose predictions some are scored: pictures
 * pixel by pixel, problems whose answers count. An example is T + 1 tokens, of which state {@code
 * heads} i32 [n, T] holds the first T and {@code lasts} i32 [n, 1] the last; {@code eval_heads} and
 * {@code eval_lasts} the same of the held-out ones. State {@code scored} f32 [T] is 1 where a
 * prediction counts, else 0; {@code forms} i32 [1, 1, 1] holds 0. Functions:
 *
 * <ul>
 *   <li>{@code initialise}: parameters from Philox; moments and step at zero. Run once.
 *   <li>{@code train_step}: outputs {@code loss} (nats a scored token), {@code learning_rate},
 *       {@code gradient_norm}.
 *   <li>{@code evaluate}: output {@code loss} over the examples of step i of the call; run {@link
 *       #evalSteps} steps and take the mean.
 * </ul>
 *
 * @param train number of training examples
 * @param held number of held-out examples, a multiple of {@code evalBatch}
 * @param evalBatch examples in one step of {@code evaluate}
 * @param scored predictions of an example that count
 */
public record GradedExamples(int train, int held, int evalBatch, int scored) {
  private static final int SAMPLING_STREAM = 1;
  private static final int TELLING_STREAM = 2;

  public GradedExamples {
    if (train < 1 || held < 1 || evalBatch < 1 || held % evalBatch != 0 || scored < 1) {
      throw new IllegalArgumentException(
          "graded examples need train >= 1, scored >= 1 and held a multiple of the batch, got train "
              + train
              + ", held "
              + held
              + ", batch "
              + evalBatch
              + ", scored "
              + scored);
    }
  }

  /** Steps of {@code evaluate} that see every held-out example once. */
  public int evalSteps() {
    return held / evalBatch;
  }

  /** The whole program. */
  public Program program(DecoderConfig decoder, Training training) {
    TransformerConfig config = TransformerConfig.of(decoder);
    int window = config.context();
    List<Parameter> parameters = Transformer.parameters(config);
    ProgramBuilder b = Program.builder("graded_examples");
    for (Parameter p : parameters) {
      b.state(p.name(), Transformer.type(p), State.Kind.PARAMETER);
      training.declare(b, p.name(), Transformer.type(p));
    }
    b.state("step", TensorType.i32(), State.Kind.COUNTER);
    b.state("heads", TensorType.i32(train, window), State.Kind.DATA);
    b.state("lasts", TensorType.i32(train, 1), State.Kind.DATA);
    b.state("eval_heads", TensorType.i32(held, window), State.Kind.DATA);
    b.state("eval_lasts", TensorType.i32(held, 1), State.Kind.DATA);
    b.state("forms", TensorType.i32(1, 1, 1), State.Kind.DATA);
    b.state("scored", TensorType.f32(window), State.Kind.DATA);
    b.function("initialise", f -> Transformer.initialise(f, parameters, training));
    b.function(
        "train_step",
        f -> {
          Value step = f.read("step");
          var draw =
              new Examples.Batch(
                  Examples.Order.INDEPENDENT, train, training.batch(), SAMPLING_STREAM);
          Value loss = loss(config, f, draw, "heads", "lasts", step);
          f.output("loss", loss);
          training.step(f, loss, Transformer.trained(parameters), step);
          f.update("step", step.increment(1));
        });
    b.function(
        "evaluate",
        f -> {
          Value step = f.apply(new RandomOp.CallStep());
          var next = new Examples.Batch(Examples.Order.IN_ORDER, held, evalBatch, SAMPLING_STREAM);
          f.output("loss", loss(config, f, next, "eval_heads", "eval_lasts", step));
        });
    return b.build();
  }

  // mean over scored predictions: sum_bt s_t (-log p(x_bt)) / (B sum_t s_t)
  private Value loss(
      TransformerConfig config,
      FunctionBuilder f,
      Examples.Batch batch,
      String heads,
      String lasts,
      Value step) {
    Value index = f.applyAll(batch, step).get(0);
    List<Value> tokens =
        f.applyAll(
            new Examples.Retell(true, TELLING_STREAM),
            f.read(heads),
            f.read(lasts),
            f.read("forms"),
            index,
            step);
    Value losses = new WholeNetwork(config, f).logits(tokens.get(0)).crossEntropy(tokens.get(1));
    Value weights = f.read("scored").expand(0, batch.batch());
    return losses.mul(weights).sum().scale(1.0 / ((double) batch.batch() * scored));
  }
}
