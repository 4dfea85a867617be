package reprise.kernel.render;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import reprise.dsl.Experiment;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Invented;
import reprise.dsl.chart.Known;
import reprise.dsl.chart.LawCharts;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.ValleyCharts;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Citation;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Expected;
import reprise.dsl.claim.Interval;
import reprise.dsl.claim.Measured;
import reprise.dsl.claim.Rules;
import reprise.dsl.claim.Verdict;
import reprise.dsl.data.Columns;
import reprise.dsl.data.PointsSource;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Plan;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduced;
import reprise.dsl.repro.Scale;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.Result;
import reprise.dsl.result.RunCharts;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A reproduction that never happened, with all four verdicts, a failed part and odd characters. */
public final class InventedPaper {
  private InventedPaper() {}

  /** Compute-optimal training, as the report of a laptop run might look. */
  public static Reproduced reproduced() {
    Card card = card();
    Result refit = new Refit(refitFigures(), record(List.of()));
    Result retrain = new Refit(retrainFigures(), record(runs()));
    return new Reproduced(
        card,
        Scale.LAPTOP,
        List.of(
            done(
                "refit", "The published 240 points go through our fitter.", Optional.of(refit), ""),
            done(
                "retrain",
                "Small decoders are trained on a source whose entropy is known, so that the fitted"
                    + " irreducible loss has a true value to be compared with.",
                Optional.of(retrain),
                ""),
            done(
                "retrain-valley",
                "IsoFLOP valleys on characters of a novel.",
                Optional.empty(),
                "the data set 'novel' is missing: <novel.txt> & its checksum")),
        verdicts(card),
        247.3);
  }

  static Card card() {
    var measuredIn = "table 1";
    return new Card(
        "chinchilla",
        new Citation(
            "Training Compute-Optimal Large Language Models",
            List.of("Hoffmann", "Borgeaud", "Mensch", "et al."),
            2022,
            "2203.15556"),
        List.of(
            new Citation(
                "Chinchilla Scaling: A Replication Attempt",
                List.of("Besiroglu", "Erdil", "Barnett", "You"),
                2024,
                "2404.10102")),
        "scaling laws",
        "Model size and training tokens should grow in equal proportion with compute",
        List.of(
            Claim.paper(
                "refit-alpha",
                "The exponent of model size is 0.3478 when the law is fitted to the 240 points.",
                Expected.number(.3478, new Interval(.32, .38, .95, "bootstrap"), "", measuredIn),
                Rules.within(.01)),
            Claim.paper(
                "published-beta",
                "The exponent of data is 0.28, as printed by Hoffmann et al.",
                Expected.number(.28, "", "section 3.3"),
                Rules.intervalContainsClaim()),
            Claim.ours(
                "entropy-inside",
                "On a source of known entropy the interval of E contains the true rate.",
                Expected.number(2.0741, "nats per token", "by construction"),
                Rules.intervalContainsClaim()),
            Claim.ours(
                "valley-interior",
                "Every IsoFLOP valley on real text has its minimum inside the sizes <& \"ours\">.",
                Rules.atLeast(3)),
            Claim.paper(
                "chinchilla-70b",
                "A model of 70B parameters on 1.4T tokens beats one of 280B at equal compute.",
                Rules.outOfReach("70B parameters do not fit this machine"))));
  }

  private static List<Verdict> verdicts(Card card) {
    return List.of(
        new Verdict.Supported(
            card.claim("refit-alpha"),
            Optional.of(
                Measured.of(
                    .34731,
                    new Interval(.3201, .3758, .95, "percentile bootstrap, 4000 resamples"),
                    "Huber 1e-3 on log loss, 240 points")),
            "0.34731 is 0.14 % from 0.3478"),
        new Verdict.Contradicted(
            card.claim("published-beta"),
            Optional.of(
                Measured.of(
                    .36719,
                    new Interval(.331, .4094, .95, "percentile bootstrap, 4000 resamples"),
                    "Huber 1e-3 on log loss, 240 points")),
            "[0.331, 0.4094] excludes 0.28"),
        new Verdict.Supported(
            card.claim("entropy-inside"),
            Optional.of(
                Measured.of(
                    2.09,
                    new Interval(2.04, 2.13, .95, "percentile bootstrap, 1000 resamples"),
                    "24 runs of 4 sizes, laptop scale")),
            "[2.04, 2.13] contains 2.0741"),
        new Verdict.Inconclusive(
            card.claim("valley-interior"),
            Optional.empty(),
            "the part 'retrain-valley' could not be run: the data set 'novel' is missing"),
        new Verdict.OutOfReach(
            card.claim("chinchilla-70b"),
            Optional.empty(),
            "70B parameters do not fit this machine"));
  }

  private static List<Figure> refitFigures() {
    var fit = Invented.fit();
    return List.of(
        LawCharts.lossAgainstTokens(fit, Layer.horizontal("irreducible loss E", 1.8172)),
        LawCharts.distribution(fit, "a", new Known("Hoffmann et al. 2022", .452)));
  }

  private static List<Figure> retrainFigures() {
    return List.of(
        RunCharts.lossAgainstCompute(
            Invented.runs(), Invented.smallFit(), Layer.horizontal("entropy rate", 2.0741)),
        ValleyCharts.valleys(Invented.isoFlop()),
        ValleyCharts.optimalSize(Invented.isoFlop(), new Known("Hoffmann et al. 2022", .5)));
  }

  private static List<Provenance.Run> runs() {
    return List.of(
        new Provenance.Run("d16-t400-s0", "0f3a".repeat(16)),
        new Provenance.Run("d32-t400-s0", "c41d".repeat(16)),
        new Provenance.Run("d64-t400-s0", ""));
  }

  static Provenance record(List<Provenance.Run> runs) {
    return new Provenance(
        "3f7a91bc00d24e18",
        "plan: scaling law of small decoders\n24 runs, 1.3e12 FLOP in all\n",
        "cpu avx2 f32",
        "",
        "0.1.0",
        "9a".repeat(32),
        new Provenance.Machine("AMD EPYC 7B13", 2, "Linux amd64", "Temurin 25.0.3"),
        Instant.parse("2026-11-21T10:15:30Z"),
        183.4,
        List.of(
            new Provenance.Data(
                "chinchilla-points",
                "5d".repeat(32),
                "https://example.org/points.csv",
                "CC BY 4.0")),
        runs);
  }

  private static Reproduced.Done done(
      String name, String about, Optional<Result> result, String failure) {
    Experiment<Result> experiment =
        new Experiment<>() {
          @Override
          public Plan plan() {
            throw new IllegalStateException("a report needs no plan of the experiment");
          }

          @Override
          public Result result(Outcome outcome) {
            throw new IllegalStateException("a report needs no outcome");
          }
        };
    return new Reproduced.Done(
        new Part<Result>(name, about, experiment, List.of()), result, failure);
  }

  /** A table of {@code rows} rows with a missing number and a name that looks like HTML. */
  static Table table(int rows) {
    StringColumn run = StringColumn.create("run");
    DoubleColumn loss = DoubleColumn.create("loss <nats>");
    for (int i = 0; i < rows; i++) {
      run.append("run-" + i);
      if (i == 1) {
        loss.appendMissing();
      } else {
        loss.append(2.123456789 + i);
      }
    }
    return Table.create("runs", run, loss);
  }

  /**
   * A result with figures.
   *
   * @param figures its charts
   * @param provenance its record
   */
  record Refit(List<Figure> figures, Provenance provenance) implements Result {
    @Override
    public Table frame() {
      return table(24);
    }

    @Override
    public List<Figure> charts() {
      return figures;
    }

    @Override
    public Outcome outcome() {
      PointsSource points =
          new PointsSource.Csv(Path.of("invented.csv"), Columns.named("N", "loss"));
      Plan plan =
          new Plan("invented", List.of(), List.of(new AnalysisTask.ReadPoints("points", points)));
      return new Outcome(plan, List.of(), List.of(), List.of(), provenance);
    }

    @Override
    public String toString() {
      return "L = E + A/N^alpha + B/D^beta on 240 points: alpha 0.3473, beta 0.3672, E 1.817";
    }
  }
}
