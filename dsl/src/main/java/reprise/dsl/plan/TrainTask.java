package reprise.dsl.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.Decoder;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Counting;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Params;
import reprise.dsl.unit.Tokens;

/**
 * One decoder to train on a corpus.
 *
 * @param id unique in its plan, also the name of the run's directory
 * @param model the model
 * @param corpus what it is trained on
 * @param tokens D, a multiple of the tokens a step
 * @param optimisation settings
 * @param seed of initialisation, data order and nothing else
 * @param budget the compute budget whose valley this run lies on, if any
 * @param patience when the run is given up before its last step, if ever
 */
public record TrainTask(
    String id,
    Decoder model,
    Corpus corpus,
    Tokens tokens,
    Optimisation optimisation,
    int seed,
    Optional<Flops> budget,
    Optional<Patience> patience)
    implements Task {
  /** About what novels and sources hold out. */
  private static final double HELD_OUT_TOKENS = 65_536;

  public TrainTask {
    Checks.text("run id", id);
    Checks.present("model", model);
    Checks.present("corpus", corpus);
    Checks.present("tokens", tokens);
    Checks.present("optimisation", optimisation);
    Checks.present("patience", patience);
  }

  /** A run that goes on to its last step. */
  public TrainTask(
      String id,
      Decoder model,
      Corpus corpus,
      Tokens tokens,
      Optimisation optimisation,
      int seed,
      Optional<Flops> budget) {
    this(id, model, corpus, tokens, optimisation, seed, budget, Optional.empty());
  }

  /** Optimiser steps, {@code D / tokens per step}. */
  @Override
  public int steps() {
    return Math.toIntExact(tokens.count() / optimisation.tokensPerStep());
  }

  /** Windows in a step. */
  public int batch() {
    return optimisation.tokensPerStep() / model.context();
  }

  /** N, the weights that take part in products. */
  public Params params() {
    return model.params(Counting.MATRIX);
  }

  /** C = 6 N D. */
  @Override
  public Flops flops() {
    return Flops.ofTraining(params(), tokens);
  }

  /** Peak learning rate of this run. */
  public double peakRate() {
    return optimisation.peakRate(model.width());
  }

  /**
   * Memory of the run: parameters, gradients and two moments in 32-bit floats, and the activations
   * of a step ({@code rows (34 d L + V)} numbers, the count of Korthikanti et al. 2022, section 4,
   * without their dropout masks).
   */
  @Override
  public Bytes memory() {
    double weights = 16.0 * model.params(Counting.ALL).count();
    double rows = optimisation.tokensPerStep();
    double numbers =
        rows * (34.0 * model.width() * model.layers() + 2.0 * model.vocabulary())
            + 2.0 * model.layers() * model.heads() * rows * model.context();
    return new Bytes(Math.round(weights + 4 * numbers));
  }

  /** A forward pass, a third of a training step, over the held-out tokens once. */
  @Override
  public double evaluationFlops() {
    return flops().count() / 3 * HELD_OUT_TOKENS / tokens.count();
  }

  @Override
  public String setting() {
    return String.format(
        Locale.ROOT,
        "AdamW(%s, %s), clip %s, warm-up %s %%, cosine to 0, %d tokens a step,"
            + " peak lr %s sqrt(32/d)%s",
        Numbers.significant(optimisation.beta1(), 3),
        Numbers.significant(optimisation.beta2(), 3),
        Numbers.significant(optimisation.clip(), 3),
        Numbers.significant(100 * optimisation.warmup(), 3),
        optimisation.tokensPerStep(),
        Numbers.significant(optimisation.referenceRate(), 3),
        patience.map(rule -> "; " + rule).orElse(""));
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.number("N", params().count(), Numbers.short3(params().count())),
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
    int context = model.context();
    if (perStep % context != 0) {
      problems.add(
          "expected tokens a step to be a multiple of the context " + context + ", got " + perStep);
    }
    if (corpus.window().isPresent() && corpus.window().getAsInt() != context) {
      problems.add(
          "expected a context of "
              + corpus.window().getAsInt()
              + ", the window of "
              + corpus.label()
              + ", got "
              + context);
    }
    if (tokens.count() % perStep != 0) {
      problems.add(
          "expected tokens to be a multiple of the tokens a step "
              + perStep
              + ", got "
              + tokens.count());
    }
    if (tokens.count() < perStep) {
      problems.add(
          "expected at least one step of "
              + perStep
              + " tokens, got "
              + Numbers.grouped(tokens.count())
              + "; give a larger budget or a narrower model");
    }
    if (model.vocabulary() != corpus.vocabulary()) {
      problems.add(
          "expected the model's vocabulary to be the corpus's "
              + corpus.vocabulary()
              + ", got "
              + model.vocabulary());
    }
    return problems;
  }
}
