package reprise.dsl.lowprecision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.Decoder;
import reprise.dsl.plan.Field;
import reprise.dsl.plan.Optimisation;
import reprise.dsl.plan.Task;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Params;
import reprise.dsl.unit.Tokens;

/**
 * One decoder to be trained in one format.
 *
 * @param id unique in its plan
 * @param model what is trained
 * @param format of operands and gradients in products with the blocks' matrices
 * @param block elements that share a scale, B; of no account where the format is wide
 * @param corpus what is read
 * @param tokens D, a multiple of the tokens a step
 * @param optimisation settings; weights and moments are kept in 32 bits
 * @param seed of initialisation and order of the data
 */
public record LowPrecisionTask(
    String id,
    Decoder model,
    FloatFormat format,
    int block,
    Corpus corpus,
    Tokens tokens,
    Optimisation optimisation,
    int seed)
    implements Task {
  public LowPrecisionTask {
    Checks.present("format", format);
    Checks.positive("block", block, "elements");
  }

  /** The same training in 32 bits, which it is costed like. */
  public TrainTask unrounded() {
    return new TrainTask(id, model, corpus, tokens, optimisation, seed, Optional.empty());
  }

  /** N, the weights that take part in products. */
  public Params params() {
    return unrounded().params();
  }

  @Override
  public int steps() {
    return unrounded().steps();
  }

  @Override
  public Flops flops() {
    return unrounded().flops();
  }

  @Override
  public double evaluationFlops() {
    return unrounded().evaluationFlops();
  }

  @Override
  public Bytes memory() {
    return unrounded().memory();
  }

  /** log2 B; 0 where there is no scale. */
  public double logBlock() {
    return format.wide() ? 0 : Math.log(block) / Math.log(2);
  }

  @Override
  public String setting() {
    return unrounded().setting()
        + "; X, W and dY rounded to the nearest in the three products of every block's matrix";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.words("format", format.toString()),
        Field.words("block", format.wide() ? "none" : String.valueOf(block)),
        Field.number("N", params().count(), Numbers.short3(params().count())),
        Field.whole("D tokens", tokens.count()),
        Field.whole("steps", steps()),
        Field.number("FLOP", flops().count(), Numbers.scientific(flops().count())),
        Field.number("memory", memory().count(), memory().toString()),
        Field.number("peak lr", unrounded().peakRate()),
        Field.number("seed", seed, String.valueOf(seed)),
        Field.words("corpus", corpus.label()));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>(unrounded().problems());
    if (!(corpus instanceof Corpus.Characters)) {
      problems.add("expected characters of a text, got " + corpus.label());
    }
    return problems;
  }
}
