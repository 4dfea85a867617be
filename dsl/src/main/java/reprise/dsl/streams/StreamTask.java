package reprise.dsl.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.Decoder;
import reprise.dsl.plan.Field;
import reprise.dsl.plan.Optimisation;
import reprise.dsl.plan.Task;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Counting;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Params;
import reprise.dsl.unit.Tokens;

/**
 * One model to train with its streams. One stream is the plain decoder: no prefix, no aggregator.
 *
 * @param id unique in its plan
 * @param model what every stream goes through
 * @param streams P
 * @param prefix trained key-value entries of a layer, head and stream
 * @param smoothing share of the aggregator's weights that is spread evenly
 * @param corpus what it is trained on
 * @param tokens D, a multiple of the tokens a step
 * @param optimisation settings
 * @param seed of initialisation and data order
 */
public record StreamTask(
    String id,
    Decoder model,
    int streams,
    int prefix,
    double smoothing,
    Corpus corpus,
    Tokens tokens,
    Optimisation optimisation,
    int seed)
    implements Task {
  private static final double HELD_OUT_TOKENS = 65_536;

  public StreamTask {
    Checks.text("run id", id);
    Checks.present("model", model);
    Checks.positive("streams", streams, "streams");
    Checks.positive("prefix", prefix, "entries");
    Checks.present("corpus", corpus);
    Checks.present("tokens", tokens);
    Checks.present("optimisation", optimisation);
  }

  @Override
  public int steps() {
    return Math.toIntExact(tokens.count() / optimisation.tokensPerStep());
  }

  /** Weights of the aggregator: P d d + d, then d P + P; none for one stream. */
  public double aggregator() {
    double d = model.width();
    return streams == 1 ? 0 : streams * d * d + d + d * streams + streams;
  }

  /** Numbers of the prefixes: keys and values, 2 L P entries d; none for one stream. */
  public double prefixes() {
    return streams == 1 ? 0 : 2.0 * model.layers() * streams * prefix * model.width();
  }

  /** N without embeddings, with aggregator and prefixes as the paper counts them. */
  public Params params() {
    double plain = model.params(Counting.NON_EMBEDDING).count();
    return new Params(plain + aggregator() + prefixes(), Counting.NON_EMBEDDING);
  }

  /** Peak learning rate of this run. */
  public double peakRate() {
    return optimisation.peakRate(model.width());
  }

  /** C = 6 D (P times the blocks, and once aggregator and head). */
  @Override
  public Flops flops() {
    double head = (double) model.vocabulary() * model.width();
    double blocks = model.params(Counting.MATRIX).count() - head;
    return new Flops(6.0 * tokens.count() * (streams * blocks + aggregator() + head));
  }

  @Override
  public double evaluationFlops() {
    return flops().count() / 3 * HELD_OUT_TOKENS / tokens.count();
  }

  /** As {@link reprise.dsl.plan.TrainTask#memory}, the activations of the blocks P times. */
  @Override
  public Bytes memory() {
    double weights = 16 * (model.params(Counting.ALL).count() + aggregator() + prefixes());
    double rows = optimisation.tokensPerStep();
    double numbers =
        streams
                * rows
                * (34.0 * model.width() * model.layers()
                    + 2.0 * model.layers() * model.heads() * (model.context() + prefix))
            + rows * 2.0 * model.vocabulary();
    return new Bytes(Math.round(weights + 4 * numbers));
  }

  @Override
  public String setting() {
    return String.format(
        Locale.ROOT,
        "%d prefix entries a layer, head and stream, smoothing %s; AdamW(%s, %s), clip %s, warm-up"
            + " %s %%, cosine to 0, %d tokens a step, peak lr %s sqrt(32/d)",
        prefix,
        Numbers.significant(smoothing, 3),
        Numbers.significant(optimisation.beta1(), 3),
        Numbers.significant(optimisation.beta2(), 3),
        Numbers.significant(optimisation.clip(), 3),
        Numbers.significant(100 * optimisation.warmup(), 3),
        optimisation.tokensPerStep(),
        Numbers.significant(optimisation.referenceRate(), 3));
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.words("model", model.label()),
        Field.whole("P", streams),
        Field.number("N", params().count(), Numbers.grouped(Math.round(params().count()))),
        Field.number("aggregator", aggregator(), Numbers.grouped(Math.round(aggregator()))),
        Field.number("prefixes", prefixes(), Numbers.grouped(Math.round(prefixes()))),
        Field.whole("D tokens", tokens.count()),
        Field.whole("steps", steps()),
        Field.number("FLOP", flops().count(), Numbers.scientific(flops().count())),
        Field.number("memory", memory().count(), memory().toString()),
        Field.number("peak lr", peakRate()),
        Field.number("seed", seed, String.valueOf(seed)),
        Field.words("corpus", corpus.label()));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    int perStep = optimisation.tokensPerStep();
    if (perStep % model.context() != 0) {
      problems.add(
          "expected tokens a step to be a multiple of the context "
              + model.context()
              + ", got "
              + perStep);
    }
    if (tokens.count() < perStep || tokens.count() % perStep != 0) {
      problems.add(
          "expected tokens to be a multiple of the tokens a step "
              + perStep
              + ", got "
              + tokens.count());
    }
    return problems;
  }
}
