package reprise.dsl.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 * One decoder to be trained and its attention looked at along the way.
 *
 * @param id unique in its plan
 * @param model what is trained
 * @param scale what linear maps use for their matrices
 * @param recipe remedies
 * @param corpus what is read
 * @param tokens D, a multiple of looks times {@link #TOKENS_A_STEP}
 * @param looks at equal distances after the first, which is before training; the last is the end
 * @param rate peak learning rate
 * @param seed of initialisation and order of the data
 */
public record CollapseTask(
    String id,
    Decoder model,
    MatrixScale scale,
    TrainingRecipe recipe,
    Corpus corpus,
    Tokens tokens,
    int looks,
    double rate,
    int seed)
    implements Task {
  /** Batch times context. */
  public static final int TOKENS_A_STEP = 256;

  /** Held-out windows on which attention is looked at. */
  public static final int WINDOWS = 4;

  /** Adam as first published (Kingma and Ba 2015), without clipping. */
  public static final double BETA_1 = 0.9;

  /** Of the squares. */
  public static final double BETA_2 = 0.999;

  public CollapseTask {
    Checks.text("run id", id);
    Checks.present("scale", scale);
    Checks.present("recipe", recipe);
    Checks.positive("looks", looks, "looks");
    Checks.positive("learning rate", rate, "step size");
  }

  /** The same training as it is costed. */
  private TrainTask costed() {
    return new TrainTask(
        id, model, corpus, tokens, new Optimisation(TOKENS_A_STEP, rate), seed, Optional.empty());
  }

  @Override
  public int steps() {
    return Math.toIntExact(tokens.count() / TOKENS_A_STEP);
  }

  /** Steps of linear warm-up. */
  public int warmup() {
    return (int) Math.round(recipe.warmup() * steps());
  }

  /** Steps that are done at a look, counted from 0. */
  public int stepsAt(int look) {
    return Math.toIntExact((long) steps() * look / looks);
  }

  /** N, the weights that take part in products. */
  public Params params() {
    return costed().params();
  }

  @Override
  public Flops flops() {
    return costed().flops();
  }

  /** The held-out tokens once, and the windows at each look. */
  @Override
  public double evaluationFlops() {
    return costed().evaluationFlops()
        + 2 * params().count() * WINDOWS * model.context() * (looks + 1.0);
  }

  @Override
  public Bytes memory() {
    return costed().memory();
  }

  @Override
  public String setting() {
    return String.format(
        Locale.ROOT,
        "Adam(%s, %s), no clipping, constant rate; %s; %d tokens a step; attention of %d held-out"
            + " windows at %d equal distances",
        Numbers.significant(BETA_1, 3),
        Numbers.significant(BETA_2, 3),
        recipe,
        TOKENS_A_STEP,
        WINDOWS,
        looks);
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.words("model", model.label()),
        Field.words("matrices", scale.word()),
        Field.number("peak lr", rate),
        Field.number("N", params().count(), Numbers.short3(params().count())),
        Field.whole("D tokens", tokens.count()),
        Field.whole("steps", steps()),
        Field.number("FLOP", flops().count(), Numbers.scientific(flops().count())),
        Field.number("memory", memory().count(), memory().toString()),
        Field.number("seed", seed, String.valueOf(seed)),
        Field.words("corpus", corpus.label()));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!(corpus instanceof Corpus.Characters)) {
      problems.add("expected characters of a text, got " + corpus.label());
    }
    if (TOKENS_A_STEP % model.context() != 0) {
      problems.add(
          "expected a window that divides "
              + TOKENS_A_STEP
              + " tokens a step, got "
              + model.context());
    }
    long unit = (long) looks * TOKENS_A_STEP;
    if (tokens.count() % unit != 0) {
      problems.add(
          "expected tokens to be a multiple of looks times "
              + TOKENS_A_STEP
              + " a step, "
              + Numbers.grouped(unit)
              + ", got "
              + Numbers.grouped(tokens.count()));
    }
    return problems;
  }
}
