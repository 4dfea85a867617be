package reprise.tensor.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reprise.tensor.ir.Arrange;
import reprise.tensor.ir.Elementwise;
import reprise.tensor.ir.Examples;
import reprise.tensor.ir.Experts;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Grid;
import reprise.tensor.ir.Pointwises;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.Quantise;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;
import reprise.tensor.model.Decoder.Parameter;
import reprise.tensor.model.Decoder.Role;

/**
 * Training of a transformer on facts that are told in other words each time, as one program. Data:
 * {@code heads}, {@code values}, {@code forms} as {@link FactSet} says, and {@code spans} f32
 * [origins, 3 + K], which of the sums below a target counts in, by where it comes from (row 0:
 * nothing, row 1: words of a form, then the head, then the values); columns 3 + k mark the tokens
 * of attribute k. Functions:
 *
 * <ul>
 *   <li>{@code initialise}: parameters from Philox; moments and step at zero. Run once.
 *   <li>{@code train_step}: outputs {@code loss} (nats a token, before the update), {@code
 *       learning_rate}, {@code gradient_norm} and {@code rows} [batch], who was told. Every row is
 *       told once before any is told again.
 *   <li>{@code recite}: outputs {@code name}, {@code value}, {@code first}: nats of the targets of
 *       the first three columns of spans, summed over {@code recited} texts of step i of the call;
 *       {@code right}: attributes all of whose tokens are the most probable ones. Run {@link
 *       #reciteSteps} steps and add up.
 *   <li>{@code round_int8}, {@code round_int4}: the matrices of the blocks become what that many
 *       bits can hold, one scale for each output channel, rounded to the nearest.
 *   <li>{@code calibrate}: output {@code gram.<matrix>} [in, in], X'X of the inputs X of each
 *       matrix over {@code recited} texts, by the weights as they are; [E, in, in] for experts,
 *       each of the tokens that it takes.
 *   <li>{@code logits}: output {@code logits} [T, V] of the tokens in state {@code prompt}.
 * </ul>
 */
public final class FactModel {
  private static final int ROWS_STREAM = 1;
  private static final int WORDS_STREAM = 2;
  private static final int OTHERS_STREAM = 3;
  private static final int RECITE_ROWS_STREAM = 4;
  private static final int RECITE_WORDS_STREAM = 5;
  private static final int SUMS = 3;
  private static final int MOST_RECITED = 64;

  private final TransformerConfig config;
  private final Training training;
  private final FactSet facts;
  private final int passes;

  private FactModel(TransformerConfig config, Training training, FactSet facts, int passes) {
    this.config = config;
    this.training = training;
    this.facts = facts;
    this.passes = passes;
  }

  /**
   * The whole program.
   *
   * @param passes how often each row is recited
   * @throws IllegalArgumentException if the context is not the length of the texts
   */
  public static Program program(
      TransformerConfig config, Training training, FactSet facts, int passes) {
    if (config.context() != facts.tokens()) {
      throw new IllegalArgumentException(
          "the context must be the "
              + facts.tokens()
              + " tokens that a text predicts, got "
              + config.context());
    }
    return new FactModel(config, training, facts, passes).build();
  }

  /** Texts in a step of {@code recite}: the most, up to 64, that divide those of all passes. */
  public static int recited(int rows, int passes) {
    int batch = Math.min(MOST_RECITED, rows);
    while ((long) rows * passes % batch != 0) {
      batch--;
    }
    return batch;
  }

  /** Steps of {@code recite} that tell every row {@code passes} times. */
  public static int reciteSteps(int rows, int passes) {
    return Math.toIntExact((long) rows * passes / recited(rows, passes));
  }

  private Program build() {
    ProgramBuilder b = Program.builder("facts");
    List<Parameter> parameters = Transformer.parameters(config);
    for (Parameter p : parameters) {
      b.state(p.name(), Transformer.type(p), State.Kind.PARAMETER);
      training.declare(b, p.name(), Transformer.type(p));
    }
    b.state("step", TensorType.i32(), State.Kind.COUNTER);
    b.state("heads", TensorType.i32(facts.told(), facts.head()), State.Kind.DATA);
    b.state("values", TensorType.i32(facts.told(), facts.values()), State.Kind.DATA);
    b.state(
        "forms",
        TensorType.i32(facts.attributes(), facts.forms(), facts.length()),
        State.Kind.DATA);
    b.state("spans", TensorType.f32(facts.origins(), SUMS + facts.attributes()), State.Kind.DATA);
    b.state("prompt", TensorType.i32(1, config.context()), State.Kind.DATA);
    b.function("initialise", f -> Transformer.initialise(f, parameters, training));
    b.function("train_step", f -> trainStep(f, parameters));
    b.function("recite", this::recite);
    b.function("calibrate", this::calibrate);
    b.function("round_int8", f -> round(f, parameters, Grid.INT8));
    b.function("round_int4", f -> round(f, parameters, Grid.INT4));
    b.function(
        "logits",
        f -> {
          Value logits = Transformer.logits(config, f, f.read("prompt"));
          f.output("logits", logits.reshape(config.context(), config.vocab()));
        });
    return b.build();
  }

  private void trainStep(FunctionBuilder f, List<Parameter> parameters) {
    Value step = f.read("step");
    Value rows = drawn(f, facts.rows(), training.batch(), ROWS_STREAM, step);
    Value all = rows;
    if (facts.company() > 0) {
      Value others =
          drawn(f, facts.others(), facts.company(), OTHERS_STREAM, step).increment(facts.rows());
      all = f.apply(new Arrange.Concat(0), rows, others);
    }
    List<Value> told = tell(f, all, WORDS_STREAM, step);
    WholeNetwork network = new WholeNetwork(config, f);
    Value losses = network.logits(told.get(0)).crossEntropy(told.get(1));
    Value loss = facts.padded() ? meanOfTold(f, losses, told.get(2)) : losses.mean();
    Value total = loss;
    for (Value part : network.auxiliary()) {
      total = total.add(part);
    }
    f.output("loss", loss).output("rows", f.apply(new Elementwise.ToFloat(), rows));
    training.step(f, total, Transformer.trained(parameters), step);
    f.update("step", step.increment(1));
  }

  private static Value drawn(FunctionBuilder f, int n, int batch, int stream, Value step) {
    return f.applyAll(new Examples.Batch(Examples.Order.SHUFFLED, n, batch, stream), step).get(0);
  }

  private List<Value> tell(FunctionBuilder f, Value rows, int stream, Value step) {
    return f.applyAll(
        new Examples.Retell(facts.fixed(), facts.fixed() ? WORDS_STREAM : stream),
        f.read("heads"),
        f.read("values"),
        f.read("forms"),
        rows,
        step);
  }

  /** Mean over the targets that are something: origin -1 weighs 0, all others 1. */
  private static Value meanOfTold(FunctionBuilder f, Value losses, Value origins) {
    Value weight =
        Pointwises.clamp(f.apply(new Elementwise.ToFloat(), origins).affine(1, 1), 0, 1)
            .reshape(losses.shape());
    return losses.mul(weight).sum().div(weight.sum());
  }

  private List<Value> recital(FunctionBuilder f) {
    int batch = recited(facts.rows(), passes);
    Value step = f.apply(new RandomOp.CallStep());
    return tell(
        f, drawn(f, facts.rows(), batch, RECITE_ROWS_STREAM, step), RECITE_WORDS_STREAM, step);
  }

  private void calibrate(FunctionBuilder f) {
    Map<String, Value> grams = new LinkedHashMap<>();
    WholeNetwork watched =
        new WholeNetwork(config, f) {
          @Override
          Value linear(Value x, String name, boolean bias) {
            Value rows = x.reshape(x.shape().rows(), x.shape().dim(-1));
            grams.put(name, rows.matmul(rows, true, false));
            return super.linear(x, name, bias);
          }

          @Override
          Value grouped(Value x, String name, Value counts) {
            grams.put(name, f.apply(new Experts.GroupedOuter(), x, x, counts));
            return super.grouped(x, name, counts);
          }
        };
    watched.hidden(recital(f).get(0));
    grams.forEach((name, gram) -> f.output("gram." + name, gram));
  }

  private void recite(FunctionBuilder f) {
    int batch = recited(facts.rows(), passes);
    List<Value> told = recital(f);
    Value logits = Transformer.logits(config, f, told.get(0));
    int targets = batch * facts.tokens();
    Value spans =
        f.read("spans")
            .gather(told.get(2).increment(1))
            .reshape(targets, SUMS + facts.attributes());
    Value losses = logits.crossEntropy(told.get(1)).reshape(targets);
    String[] sums = {"name", "value", "first"};
    for (int k = 0; k < SUMS; k++) {
      f.output(sums[k], spans.slice(1, k, 1).reshape(targets).mul(losses).sum());
    }
    Value correct =
        f.apply(
            new Examples.Correct(),
            logits.reshape(targets, config.vocab()),
            told.get(1).reshape(targets));
    Value wrong =
        spans
            .slice(1, SUMS, facts.attributes())
            .mul(correct.affine(-1, 1).expand(1, facts.attributes()))
            .reshape(batch, facts.tokens(), facts.attributes())
            .sum(1, 2);
    f.output("right", wrong.affine(-1, 1).relu().sum());
    f.output("recited", f.scalar(batch));
  }

  private static void round(FunctionBuilder f, List<Parameter> parameters, Grid grid) {
    for (Parameter p : parameters) {
      if (p.role() == Role.MATRIX) {
        // the last axis but one is that of the inputs: one scale for each output
        Grid.Blocks channels = Grid.Blocks.along(p.shape().rank() - 2);
        f.update(p.name(), Quantise.round(f.read(p.name()), grid, channels));
      }
    }
  }
}
