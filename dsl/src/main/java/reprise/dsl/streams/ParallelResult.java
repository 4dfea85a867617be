package reprise.dsl.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import reprise.dsl.RunFailure;
import reprise.dsl.chart.Figure;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Rules;
import reprise.dsl.claim.Seeds;
import reprise.dsl.claim.Verdict;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Result;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Width;
import tech.tablesaw.api.Table;

/**
 * What an experiment on parallel scaling answers. Everything is compared seed by seed.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 */
public record ParallelResult(ParallelScaling experiment, Outcome outcome) implements Result {
  /** Whatever the paper: streams that only cost would not be worth a word. */
  public static final Claim STREAMS_HELP =
      Claim.ours(
          "streams-lower-loss",
          "The most streams have a lower loss than one, at every width.",
          Rules.atLeast(0));

  /** One row a run: width, P, N with its extras, compute, loss, seconds. */
  @Override
  public Table frame() {
    return StreamFrame.of(outcome.runs());
  }

  /** Loss of one stream minus loss of P, nats a token, at a width. */
  public Measured gain(int streams, Width width) {
    return perSeed(
        "loss of 1 stream minus loss of " + streams + " at width " + width.count(),
        seed -> loss(width.count(), 1, seed) - loss(width.count(), streams, seed));
  }

  /**
   * Loss of a plain decoder with as many parameters, aggregator and prefixes included, minus loss
   * of P streams, nats a token: what is not owed to the extra parameters.
   *
   * @throws RunFailure when the plain decoders do not reach that size
   */
  public Measured gainBeyondExtras(int streams, Width width) {
    return perSeed(
        "loss of a plain decoder of as many parameters minus loss of "
            + streams
            + " streams at width "
            + width.count(),
        seed -> {
          Finished<StreamTask> run = run(width.count(), streams, seed);
          return plain(seed).lossAt(run.task().params().count()) - run.loss();
        });
  }

  /**
   * Loss of P streams minus loss of a plain decoder whose training costs as much on as many tokens,
   * nats a token: what streams cost against parameters.
   *
   * @throws RunFailure when the plain decoders do not reach that compute
   */
  public Measured excessAtEqualCompute(int streams, Width width) {
    return perSeed(
        "loss of "
            + streams
            + " streams at width "
            + width.count()
            + " minus loss of a plain decoder of equal training compute",
        seed -> {
          Finished<StreamTask> run = run(width.count(), streams, seed);
          return run.loss()
              - plain(seed, t -> t.flops().count()).lossAt(run.task().flops().count());
        });
  }

  /**
   * How many times the parameters of the plain decoder another plain one needs for the loss of P
   * streams: straight lines between plain decoders over log N.
   *
   * @throws RunFailure when no plain decoder tried is as good or none as bad
   */
  public Measured timesParameters(int streams, Width width) {
    return perSeed(
        "parameters of a plain decoder of the loss of "
            + streams
            + " streams over those of width "
            + width.count(),
        seed -> {
          Finished<StreamTask> run = run(width.count(), streams, seed);
          double plain = run(width.count(), 1, seed).task().params().count();
          return plain(seed).sizeAt(run.loss()) / plain;
        });
  }

  /** The least step of loss from one number of streams to the next, over widths; per seed. */
  public Measured leastStep() {
    List<Integer> p = experiment.streams();
    return perSeed(
        "least fall of the loss from one of " + p + " streams to the next, over all widths",
        seed -> {
          double least = Double.POSITIVE_INFINITY;
          for (int width : experiment.family().widths().values()) {
            for (int i = 1; i < p.size(); i++) {
              least =
                  Math.min(least, loss(width, p.get(i - 1), seed) - loss(width, p.get(i), seed));
            }
          }
          return least;
        });
  }

  private Measured perSeed(String what, ToDoubleFunction<Integer> value) {
    double[] values = new double[experiment.seeds()];
    List<String> each = new ArrayList<>();
    for (int seed = 1; seed <= values.length; seed++) {
      values[seed - 1] = value.applyAsDouble(seed);
      each.add(Numbers.significant(values[seed - 1], 3));
    }
    return Seeds.mean(values, "seeds", what + "; by seed " + String.join(", ", each));
  }

  private double loss(int width, int streams, int seed) {
    return run(width, streams, seed).loss();
  }

  private Finished<StreamTask> run(int width, int streams, int seed) {
    return trained().stream()
        .filter(r -> r.task().model().width() == width)
        .filter(r -> r.task().streams() == streams && r.task().seed() == seed)
        .findFirst()
        .orElseThrow(() ->
            new RunFailure(
                "no finished run of width "
                    + width
                    + " with "
                    + streams
                    + " streams and seed "
                    + seed));
  }

  private PlainCurve plain(int seed) {
    return plain(seed, task -> task.params().count());
  }

  private PlainCurve plain(int seed, ToDoubleFunction<StreamTask> size) {
    return PlainCurve.of(
        trained().stream().filter(r -> r.task().streams() == 1 && r.task().seed() == seed).toList(),
        size);
  }

  List<Finished<StreamTask>> trained() {
    return outcome.finished(StreamTask.class);
  }

  @Override
  public List<Figure> charts() {
    return trained().isEmpty() ? List.of() : StreamCharts.of(this);
  }

  /** Whether streams help at all, at the width where they help least. */
  @Override
  public List<Verdict> claims() {
    int most = experiment.streams().getLast();
    if (most == 1 || !outcome.failed().isEmpty()) {
      return List.of();
    }
    Measured least =
        perSeed(
            "least gain of " + most + " streams over widths",
            seed ->
                experiment.family().widths().values().stream()
                    .mapToDouble(w -> loss(w, 1, seed) - loss(w, most, seed))
                    .min()
                    .orElseThrow());
    return List.of(STREAMS_HELP.rule().judge(STREAMS_HELP, least));
  }

  /** One line: runs, and what the most streams bring at each width. */
  @Override
  public String toString() {
    int most = experiment.streams().getLast();
    StringBuilder text = new StringBuilder(trained().size() + " runs");
    if (most > 1 && outcome.failed().isEmpty()) {
      for (int width : experiment.family().widths().values()) {
        text.append("; ")
            .append(most)
            .append(" streams at width ")
            .append(width)
            .append(" gain ")
            .append(gain(most, new Width(width)))
            .append(" nats");
      }
    }
    return text.toString();
  }
}
