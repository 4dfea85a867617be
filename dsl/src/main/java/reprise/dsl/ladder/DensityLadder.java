package reprise.dsl.ladder;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import reprise.dsl.Experiment;
import reprise.dsl.data.Corpus;
import reprise.dsl.density.LadderChoices;
import reprise.dsl.generation.LanguageModel;
import reprise.dsl.knowledge.Precision;
import reprise.dsl.model.Decoder;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Optimisation;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Tokens;
import reprise.dsl.unit.Width;

/**
 * A ladder of reference models, ready to run. Options are set again by naming them again.
 *
 * @param family the reference models, a width each
 * @param corpus what they read
 * @param tokens how much, each count for every width, ascending
 * @param reference D0, at which sizes are read off; the middle count unless set
 * @param subject width of the model that is compressed or trained by another recipe; the middle one
 *     unless set
 * @param recipes other ways to train it; none unless set
 * @param compressions what the reference model of that width is also asked as; none unless set
 * @param benchmark the cloze test; {@link ClozeBenchmark#STANDARD} unless set
 * @param seeds ladders, with seeds 1 to n, each with its own law; 1 unless set
 * @param learningRate lr0 of a model of width 32, others use {@code lr0 sqrt(32/d)}; .0042 unless
 *     set
 */
public record DensityLadder(
    DecoderFamily family,
    Corpus.Words corpus,
    List<Tokens> tokens,
    Tokens reference,
    Width subject,
    List<Recipe> recipes,
    List<Compression> compressions,
    ClozeBenchmark benchmark,
    int seeds,
    double learningRate)
    implements Experiment<LadderResult> {
  /** Id of the analysis in plan and outcome. */
  static final String SCALES = "ladder";

  static final double RATE = 0.0042;
  private static final int TOKENS_A_STEP = 512;

  public DensityLadder {
    tokens = List.copyOf(tokens);
    recipes = List.copyOf(recipes);
    compressions = compressions.stream().distinct().toList();
    Checks.positive("seeds", seeds, "ladders");
    Checks.positive("learning rate", learningRate, "step size");
    if (!tokens.contains(reference)) {
      throw new IllegalArgumentException(
          "sizes are read off at a token count of the ladder, " + tokens + ", got " + reference);
    }
    if (!family.widths().values().contains(subject.count())) {
      throw new IllegalArgumentException(
          "the model to compress is one of the ladder's, " + family.widths() + ", got " + subject);
    }
  }

  /** The token count at which sizes are read off. */
  public DensityLadder readAt(Tokens count) {
    return with(count, subject, recipes, compressions, benchmark, seeds, learningRate);
  }

  /** The model that is compressed or trained by another recipe. */
  public DensityLadder subject(Width width) {
    return with(reference, width, recipes, compressions, benchmark, seeds, learningRate);
  }

  /** Other ways to train it. */
  public DensityLadder recipes(Recipe... others) {
    return with(reference, subject, List.of(others), compressions, benchmark, seeds, learningRate);
  }

  /** Asks it without these shares of its weights as well. */
  public DensityLadder pruned(double... shares) {
    List<Compression> all =
        Stream.concat(
                DoubleStream.of(shares).<Compression>mapToObj(Compression.Pruned::new),
                compressions.stream().filter(Compression.Rounded.class::isInstance))
            .toList();
    return with(reference, subject, recipes, all, benchmark, seeds, learningRate);
  }

  /** Asks it with weights of few bits as well. */
  public DensityLadder rounded(Precision... bits) {
    List<Compression> all =
        Stream.concat(
                compressions.stream().filter(Compression.Pruned.class::isInstance),
                Stream.of(bits).<Compression>map(Compression.Rounded::new))
            .toList();
    return with(reference, subject, recipes, all, benchmark, seeds, learningRate);
  }

  /** Another cloze test. */
  public DensityLadder benchmark(ClozeBenchmark test) {
    return with(reference, subject, recipes, compressions, test, seeds, learningRate);
  }

  /** The number of ladders. */
  public DensityLadder seeds(int count) {
    return with(reference, subject, recipes, compressions, benchmark, count, learningRate);
  }

  /** The ladder's peak learning rate at width 32. */
  public DensityLadder learningRate(double lr0) {
    return with(reference, subject, recipes, compressions, benchmark, seeds, lr0);
  }

  private DensityLadder with(
      Tokens at,
      Width model,
      List<Recipe> others,
      List<Compression> asked,
      ClozeBenchmark test,
      int count,
      double rate) {
    return new DensityLadder(family, corpus, tokens, at, model, others, asked, test, count, rate);
  }

  @Override
  public Plan plan() {
    List<LadderTask> runs = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      for (Decoder model : family.members(corpus.vocabulary())) {
        for (Tokens read : tokens) {
          boolean asked = model.width() == subject.count() && read.equals(reference);
          runs.add(
              task(
                  "d" + model.width() + "-t" + read.count() + "-s" + seed,
                  trained(model, read, learningRate),
                  LadderTask.LADDER,
                  asked ? compressions : List.of(),
                  seed));
        }
        if (model.width() == subject.count()) {
          for (Recipe recipe : recipes) {
            runs.add(
                task(
                    "d" + model.width() + "-" + recipe.id() + "-s" + seed,
                    trained(
                        model,
                        recipe.tokens().orElse(reference),
                        recipe.learningRate().orElse(learningRate)),
                    recipe.name(),
                    List.of(),
                    seed));
          }
        }
      }
    }
    return new Plan(
        "density on a ladder: " + family + ", on " + corpus.label(),
        runs,
        List.of(
            new AnalysisTask.FitLadder(
                SCALES, new LadderChoices(benchmark.metric(), reference.count()))));
  }

  private LanguageModel.Trained trained(Decoder model, Tokens read, double rate) {
    return new LanguageModel.Trained(corpus, model, read, new Optimisation(TOKENS_A_STEP, rate));
  }

  private LadderTask task(
      String id, LanguageModel.Trained model, String recipe, List<Compression> asked, int seed) {
    return new LadderTask(id, model, recipe, benchmark, asked, seed);
  }

  @Override
  public LadderResult result(Outcome outcome) {
    return new LadderResult(this, outcome);
  }
}
