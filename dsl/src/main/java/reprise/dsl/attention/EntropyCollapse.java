package reprise.dsl.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import reprise.dsl.Experiment;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.Decoder;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Tokens;

/**
 * The entropy of attention along training at growing learning rates, ready to run. Options are set
 * again by naming them again.
 *
 * @param models what is trained
 * @param corpus what is read
 * @param tokens D of every run
 * @param rates peak learning rates, ascending
 * @param scales what linear maps use for their matrices; plain, spectral norm and sigmaReparam
 *     unless set
 * @param recipe remedies; none unless set
 * @param looks equal distances at which attention is looked at; 20 unless set
 * @param seeds runs of every setting, with seeds 1 to n; 1 unless set
 */
public record EntropyCollapse(
    DecoderFamily models,
    Corpus corpus,
    Tokens tokens,
    List<Double> rates,
    List<MatrixScale> scales,
    TrainingRecipe recipe,
    int looks,
    int seeds)
    implements Experiment<CollapseResult> {
  static final int LOOKS = 20;

  public EntropyCollapse {
    Checks.positive("looks", looks, "looks");
    Checks.positive("seeds", seeds, "runs");
    rates.forEach(rate -> Checks.positive("learning rate", rate, "step size"));
    rates = rates.stream().distinct().sorted().toList();
    scales = scales.stream().distinct().toList();
    if (rates.isEmpty() || scales.isEmpty()) {
      throw new IllegalArgumentException(
          "name at least one learning rate and one kind of matrix, got "
              + rates.size()
              + " and "
              + scales.size());
    }
  }

  /** What linear maps use for their matrices. */
  public EntropyCollapse compare(MatrixScale... kinds) {
    return new EntropyCollapse(models, corpus, tokens, rates, List.of(kinds), recipe, looks, seeds);
  }

  /** With LayerNorm before each half of a block. */
  public EntropyCollapse blockNorms() {
    return with(new TrainingRecipe(true, recipe.warmup(), recipe.weightDecay()));
  }

  /** With a linear rise of the rate over this share of the steps. */
  public EntropyCollapse warmup(double share) {
    return with(new TrainingRecipe(recipe.blockNorms(), share, recipe.weightDecay()));
  }

  /** With decoupled weight decay of matrices and embeddings. */
  public EntropyCollapse weightDecay(double decay) {
    return with(new TrainingRecipe(recipe.blockNorms(), recipe.warmup(), decay));
  }

  /** At how many equal distances attention is looked at. */
  public EntropyCollapse looks(int count) {
    return new EntropyCollapse(models, corpus, tokens, rates, scales, recipe, count, seeds);
  }

  /** The number of runs of every setting. */
  public EntropyCollapse seeds(int count) {
    return new EntropyCollapse(models, corpus, tokens, rates, scales, recipe, looks, count);
  }

  private EntropyCollapse with(TrainingRecipe other) {
    return new EntropyCollapse(models, corpus, tokens, rates, scales, other, looks, seeds);
  }

  @Override
  public Plan plan() {
    List<CollapseTask> runs = new ArrayList<>();
    List<Decoder> members = models.members(corpus.vocabulary());
    for (Decoder model : members) {
      for (MatrixScale scale : scales) {
        for (double rate : rates) {
          for (int seed = 1; seed <= seeds; seed++) {
            String id =
                "d"
                    + model.width()
                    + "-"
                    + scale.word()
                    + "-lr"
                    + Numbers.plain(rate)
                    + "-s"
                    + seed;
            runs.add(new CollapseTask(id, model, scale, recipe, corpus, tokens, looks, rate, seed));
          }
        }
      }
    }
    String title =
        "entropy of attention at growing learning rates, "
            + recipe
            + ": "
            + scales.stream().map(MatrixScale::word).collect(Collectors.joining(", "))
            + ", on "
            + corpus.label();
    return new Plan(title, runs, List.of());
  }

  @Override
  public CollapseResult result(Outcome outcome) {
    return new CollapseResult(this, outcome);
  }
}
