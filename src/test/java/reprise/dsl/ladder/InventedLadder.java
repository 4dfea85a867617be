package reprise.dsl.ladder;

import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.densityLadder;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.width;
import static reprise.dsl.Reprise.widths;
import static reprise.dsl.Reprise.words;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import reprise.dsl.density.TwoStepLaw;
import reprise.dsl.result.Finding;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.result.RunOutcome.Finished;

/** A ladder whose models follow a known law exactly. */
public final class InventedLadder {
  /** Loss 2.7 to 3.9 nats and score .47 to .79 on the sizes and tokens below. */
  public static final TwoStepLaw LAW = new TwoStepLaw(6, 0.2, 40, 0.22, 0.75, -1.5, 3.3, 0.25);

  /** What is planned. */
  public static final DensityLadder LADDER =
      densityLadder(decoder(widths(4, 8, 16, 32)).layers(1).context(32))
          .corpus(words(PRIDE_AND_PREJUDICE, symbols(400)))
          .tokens(tokens(262_144), tokens(524_288), tokens(1_048_576))
          .subject(width(8));

  private InventedLadder() {}

  /** Finished runs: a model's size in its score is multiplied by its density. */
  public static List<RunOutcome> runs(DensityLadder ladder, ToDoubleFunction<LadderTask> density) {
    List<RunOutcome> runs = new ArrayList<>();
    for (LadderTask task : ladder.plan().runs(LadderTask.class)) {
      double params = task.model().params().count() * density.applyAsDouble(task);
      double tokens = task.reference() ? task.model().tokensRead() : ladder.reference().count();
      List<Reading> readings = new ArrayList<>(read(LAW.loss(params, tokens), ""));
      for (Compression c : task.compressions()) {
        // a tenth of its size is lost
        readings.addAll(read(LAW.loss(0.9 * params, tokens), c.word()));
      }
      runs.add(
          new Finished<>(
              task,
              4,
              new LossCurve(new int[0], new double[0]),
              Readings.of(readings),
              0,
              "0123456789abcdef"));
    }
    return runs;
  }

  private static List<Reading> read(double loss, String at) {
    return List.of(
        new Reading(LadderMeasures.LOSS, at, loss),
        new Reading(LadderMeasures.SCORE, at, LAW.score(loss)));
  }

  /** All that came out. */
  public static Outcome outcome(
      DensityLadder ladder, List<RunOutcome> runs, List<Finding> findings) {
    return new Outcome(
        ladder.plan(),
        runs,
        findings,
        List.of(),
        new Provenance(
            "",
            "",
            "",
            "",
            "",
            "",
            new Provenance.Machine("", 1, "", ""),
            Instant.EPOCH,
            0,
            List.of(),
            List.of()));
  }
}
