package reprise.dsl.generation;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.Decoder;
import reprise.dsl.plan.Optimisation;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Counting;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Params;
import reprise.dsl.unit.Tokens;

/**
 * A language model trained here on words. It learns from the first eight tenths of the text; the
 * ninth tenth is for fine-tuning, the last is held out.
 *
 * @param corpus what it reads
 * @param model its shape
 * @param tokens how much it reads, a multiple of the tokens a step
 * @param optimisation 1024 tokens a step at peak rate .0042 sqrt(32/d) unless set
 */
public record LanguageModel(
    Corpus.Words corpus, Decoder model, Tokens tokens, Optimisation optimisation) {
  /** Tokens of a step and peak rate at width 32. */
  static final Optimisation SETTINGS = new Optimisation(1024, 0.0042);

  public LanguageModel {
    Checks.present("corpus", corpus);
    Checks.present("model", model);
    Checks.present("tokens", tokens);
    Checks.present("optimisation", optimisation);
  }

  /** Optimiser steps. */
  public int steps() {
    return Math.toIntExact(tokens.count() / optimisation.tokensPerStep());
  }

  /** Windows of a step. */
  public int batch() {
    return optimisation.tokensPerStep() / model.context();
  }

  /** N, the weights that take part in products. */
  public Params params() {
    return model.params(Counting.MATRIX);
  }

  /** C = 6 N D. */
  public Flops flops() {
    return Flops.ofTraining(params(), tokens);
  }

  /** One phrase for titles. */
  public String label() {
    return model.label() + " on " + corpus.label();
  }

  /** Why it cannot be trained, each as expected and given. */
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
          "expected pre-training tokens to be a multiple of the tokens a step "
              + perStep
              + ", got "
              + tokens.count());
    }
    return problems;
  }
}
