package reprise.dsl.fit;

import java.nio.file.Path;
import reprise.dsl.data.Columns;
import reprise.dsl.data.DataSet;
import reprise.dsl.data.PointsSource;
import reprise.dsl.law.Law;
import reprise.dsl.unit.Checks;

/**
 * A fit that still needs its points: continue with {@link #to(DataSet)} or {@link #csv}.
 *
 * @param law the form to be fitted
 */
public record NeedsPoints(Law law) {
  public NeedsPoints {
    Checks.present("law", law);
  }

  /** The points of a data set of the registry. */
  public LawFit to(DataSet dataSet) {
    return fit(new PointsSource.Registered(dataSet));
  }

  /** The points of a CSV file; lines that begin with # are comments. */
  public LawFit csv(Path file, Columns columns) {
    return fit(new PointsSource.Csv(file, columns));
  }

  private LawFit fit(PointsSource points) {
    return LawFit.of(law, points);
  }
}
