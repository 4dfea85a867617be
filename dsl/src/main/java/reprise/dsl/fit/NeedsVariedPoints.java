package reprise.dsl.fit;

import java.nio.file.Path;
import java.util.List;
import reprise.dsl.data.Columns;
import reprise.dsl.data.DataSet;
import reprise.dsl.data.PointsSource;
import reprise.dsl.law.Law;
import reprise.dsl.law.Objective;
import reprise.dsl.law.SizeCount;
import reprise.dsl.unit.Checks;

/**
 * A table of sensitivity that still needs its points: continue with {@link #to(DataSet)} or {@link
 * #csv}.
 *
 * @param law the form to be fitted
 */
public record NeedsVariedPoints(Law law) {
  public NeedsVariedPoints {
    Checks.present("law", law);
  }

  /** The points of a data set of the registry. */
  public FitChoices to(DataSet dataSet) {
    return of(new PointsSource.Registered(dataSet));
  }

  /** The points of a CSV file; lines that begin with # are comments. */
  public FitChoices csv(Path file, Columns columns) {
    return of(new PointsSource.Csv(file, columns));
  }

  private FitChoices of(PointsSource points) {
    return new FitChoices(
        law,
        points,
        List.of(new SizeCount.AsGiven()),
        List.of(0),
        List.of(
            Objective.huber(1e-4),
            Objective.huber(1e-3),
            Objective.huber(1e-2),
            Objective.huber(1),
            Objective.leastAbsolute(),
            Objective.squared()));
  }
}
