package reprise.kernel.run;

import java.util.Optional;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.Decoder;
import reprise.dsl.plan.Optimisation;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Order;
import reprise.dsl.unit.Symbols;
import reprise.dsl.unit.Tokens;
import reprise.kernel.compile.Compiled;
import reprise.kernel.compile.TrainCompiler;
import reprise.tensor.Backend;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;

/**
 * What a training step costs on this machine, measured: {@code seconds = overhead + FLOP / rate},
 * from two models of very different size. Small models are bound by the overhead.
 *
 * @param overheadSeconds of a step whatever its size
 * @param flopsPerSecond of the rest, one thread
 */
public record StepCost(double overheadSeconds, double flopsPerSecond) {
  private static final int SMALL = 8;
  private static final int LARGE = 64;

  private static final int WARM_STEPS = 3;
  private static final int ROUNDS = 3;
  private static final double ROUND_SECONDS = 0.08;

  /** Measures it by training for about half a second. */
  public static StepCost measured(Backend backend) {
    TrainCompiler compiler = new TrainCompiler();
    TrainTask small = probe(SMALL);
    TrainTask large = probe(LARGE);
    double fast = seconds(compiler.compile(small), backend);
    double slow = seconds(compiler.compile(large), backend);
    double smallFlops = small.flops().count() / small.steps();
    double largeFlops = large.flops().count() / large.steps();
    // two equations, two unknowns; noise must not make the rate or the overhead negative
    double rate = (largeFlops - smallFlops) / Math.max(slow - fast, slow / 10);
    return new StepCost(Math.max(fast - smallFlops / rate, 0), rate);
  }

  /** Seconds of so many steps and so much arithmetic on one thread. */
  public double seconds(int steps, double flops) {
    return steps * overheadSeconds + flops / flopsPerSecond;
  }

  @Override
  public String toString() {
    return Numbers.significant(flopsPerSecond / 1e9, 2)
        + " GFLOP/s a thread and "
        + Numbers.significant(overheadSeconds * 1e6, 2)
        + " us a step, measured";
  }

  private static TrainTask probe(int width) {
    Decoder model = new Decoder(width, 2, Math.max(1, width / 16), 4 * width, 64, 75);
    Corpus corpus = new Corpus.Markov(new Symbols(75), new Order(1));
    return new TrainTask(
        "probe-d" + width,
        model,
        corpus,
        new Tokens(256_000),
        new Optimisation(256, 0.006),
        1,
        Optional.empty());
  }

  // the fastest of some rounds: noise of other programs only adds
  private static double seconds(Compiled compiled, Backend backend) {
    try (Session session = backend.open(compiled.program(), SessionOptions.seed(1))) {
      compiled.prepare(session);
      double step = session.run("train_step", WARM_STEPS).orThrow().seconds() / WARM_STEPS;
      for (int round = 0; round < ROUNDS; round++) {
        int steps = (int) Math.clamp(ROUND_SECONDS / step, 1, 200);
        step = Math.min(step, session.run("train_step", steps).orThrow().seconds() / steps);
      }
      return step;
    }
  }
}
