package reprise.dsl.sparsity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.FeedForward;
import reprise.dsl.model.TransformerModel;
import reprise.dsl.plan.Field;
import reprise.dsl.plan.Task;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Counting;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Params;
import reprise.dsl.unit.Tokens;

/**
 * One model to be trained and looked at along the way.
 *
 * @param id unique in its plan
 * @param metric how neurons are counted
 * @param model what is trained; its feed-forward blocks are gated
 * @param activation of the gate
 * @param corpus what is read
 * @param tokens D, a multiple of checkpoints times {@link #TOKENS_A_STEP}
 * @param checkpoints at equal distances; the last is the end
 * @param peakRate learning rate between warm-up and decay
 * @param seed of initialisation and order of the data
 */
public record SparsingTask(
    String id,
    CettPpl metric,
    TransformerModel model,
    Activation activation,
    Corpus corpus,
    Tokens tokens,
    int checkpoints,
    double peakRate,
    int seed)
    implements Task {
  /** Positions of a window. */
  public static final int CONTEXT = 64;

  /** Batch times context. */
  public static final int TOKENS_A_STEP = 512;

  /** Held-out tokens on which thresholds, ratios and losses are measured. */
  public static final int PROBED = 8192;

  /** Decoupled weight decay, as in the paper. */
  public static final double WEIGHT_DECAY = 0.1;

  /** Share of the steps at their end in which the rate falls in a straight line to zero. */
  public static final double COOLDOWN = 0.2;

  private static final double WARMUP = 0.02;

  public SparsingTask {
    Checks.text("run id", id);
    Checks.present("metric", metric);
    Checks.present("model", model);
    Checks.present("activation", activation);
    Checks.present("corpus", corpus);
    Checks.present("tokens", tokens);
    Checks.positive("checkpoints", checkpoints, "checkpoints");
    Checks.positive("learning rate", peakRate, "step size");
  }

  @Override
  public int steps() {
    return Math.toIntExact(tokens.count() / TOKENS_A_STEP);
  }

  /** Steps of linear warm-up. */
  public int warmup() {
    return Math.max(5, (int) Math.round(WARMUP * steps()));
  }

  /** Steps of the decay. */
  public int cooldown() {
    return (int) Math.round(COOLDOWN * steps());
  }

  /** Steps that are done at a checkpoint, counted from 1. */
  public int stepsAt(int checkpoint) {
    return Math.toIntExact((long) steps() * checkpoint / checkpoints);
  }

  /** Tokens read at a checkpoint. */
  public long tokensAt(int checkpoint) {
    return (long) stepsAt(checkpoint) * TOKENS_A_STEP;
  }

  /** N, the weights that take part in products. */
  public Params params() {
    return model.params(Counting.MATRIX, corpus.vocabulary());
  }

  @Override
  public Flops flops() {
    return Flops.ofTraining(params(), tokens);
  }

  /** Forward passes: every checkpoint once, the last ones for every step of the bisection. */
  @Override
  public double evaluationFlops() {
    double passes =
        2.0 * checkpoints + CettPpl.LAST * Math.log(1 / CettPpl.TOLERANCE) / Math.log(2);
    return 2 * params().count() * PROBED * passes;
  }

  /** As {@link reprise.dsl.plan.TrainTask#memory}, and the neurons of the last checkpoints. */
  @Override
  public Bytes memory() {
    double weights = 16 * model.params(Counting.ALL, corpus.vocabulary()).count();
    double numbers =
        (double) (TOKENS_A_STEP + PROBED)
            * (34.0 * model.width() * model.layers() + 2.0 * corpus.vocabulary());
    double neurons = 8.0 * PROBED * hidden() * model.layers() * Math.max(CettPpl.LAST, checkpoints);
    return new Bytes(Math.round(weights + 4 * numbers + neurons));
  }

  /** Neurons of a block. */
  public int hidden() {
    return model.feedForward() instanceof FeedForward.Gated g ? g.hidden() : 0;
  }

  @Override
  public String setting() {
    return String.format(
        Locale.ROOT,
        "%s on %d held-out tokens; AdamW(0.9, 0.95), decay %s, clip 1, warm-up, plateau, straight"
            + " to 0 over the last %s %%; %d tokens a step, context %d",
        metric,
        PROBED,
        Numbers.significant(WEIGHT_DECAY, 3),
        Numbers.significant(100 * COOLDOWN, 3),
        TOKENS_A_STEP,
        CONTEXT);
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.words("model", model.label()),
        Field.words("activation", activation.word()),
        Field.number("N", params().count(), Numbers.short3(params().count())),
        Field.whole("D tokens", tokens.count()),
        Field.whole("steps", steps()),
        Field.whole("checkpoints", checkpoints),
        Field.number("FLOP", flops().count(), Numbers.scientific(flops().count())),
        Field.number("memory", memory().count(), memory().toString()),
        Field.number("peak lr", peakRate),
        Field.number("seed", seed, String.valueOf(seed)),
        Field.words("corpus", corpus.label()));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!(model.feedForward() instanceof FeedForward.Gated)) {
      problems.add(
          "expected gated feed-forward blocks, got "
              + model.feedForward().label()
              + "; llama(...) has them");
    }
    if (checkpoints < CettPpl.LAST) {
      problems.add(
          "expected at least "
              + CettPpl.LAST
              + " checkpoints, over which the growth of perplexity is averaged, got "
              + checkpoints);
    }
    long unit = (long) checkpoints * TOKENS_A_STEP;
    if (tokens.count() % unit != 0) {
      problems.add(
          "expected tokens to be a multiple of checkpoints times "
              + TOKENS_A_STEP
              + " a step, "
              + Numbers.grouped(unit)
              + ", got "
              + Numbers.grouped(tokens.count()));
    }
    if (!(corpus instanceof Corpus.Characters)) {
      problems.add("expected characters of a text, got " + corpus.label());
    }
    return problems;
  }
}
