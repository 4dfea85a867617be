package reprise.dsl.plan;

import java.util.Optional;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.Decoder;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Counting;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Params;
import reprise.dsl.unit.Tokens;

/**
 * One model to train.
 *
 * @param id unique in its plan, also the name of the run's directory
 * @param model the model
 * @param corpus what it is trained on
 * @param tokens D, a multiple of the tokens a step
 * @param optimisation settings
 * @param seed of initialisation, data order and nothing else
 * @param budget the compute budget whose valley this run lies on, if any
 */
public record TrainTask(
    String id,
    Decoder model,
    Corpus corpus,
    Tokens tokens,
    Optimisation optimisation,
    int seed,
    Optional<Flops> budget) {
  public TrainTask {
    Checks.text("run id", id);
    Checks.present("model", model);
    Checks.present("corpus", corpus);
    Checks.present("tokens", tokens);
    Checks.present("optimisation", optimisation);
  }

  /** Optimiser steps, {@code D / tokens per step}. */
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
  public Bytes memory() {
    double weights = 16.0 * model.params(Counting.ALL).count();
    double rows = optimisation.tokensPerStep();
    double numbers =
        rows * (34.0 * model.width() * model.layers() + 2.0 * model.vocabulary())
            + 2.0 * model.layers() * model.heads() * rows * model.context();
    return new Bytes(Math.round(weights + 4 * numbers));
  }
}
