package reprise.dsl.densing;

import java.nio.file.Path;
import java.util.List;
import reprise.dsl.data.Columns;
import reprise.dsl.data.DataSet;
import reprise.dsl.data.PointsSource;
import reprise.dsl.density.Dated;
import reprise.dsl.density.Metric;
import reprise.dsl.unit.Checks;

/**
 * A densing law that still needs its scores: continue with {@link #scores} or {@link #csv}.
 *
 * @param metric the benchmark
 */
public record NeedsScores(Metric metric) {
  public NeedsScores {
    Checks.present("metric", metric);
  }

  /** Scores of a data set of the registry, with the dates of its models. */
  public NeedsRuler scores(DataSet scores, List<Dated> releases) {
    return new NeedsRuler(metric, new PointsSource.Registered(scores), releases);
  }

  /**
   * Scores of a CSV file: a column of names, one of billions of parameters, and one of each metric,
   * headed by the metric's name.
   */
  public NeedsRuler csv(Path file, Columns.Sheet columns, List<Dated> releases) {
    return new NeedsRuler(metric, new PointsSource.Csv(file, columns), releases);
  }
}
