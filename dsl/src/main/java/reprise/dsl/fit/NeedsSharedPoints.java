package reprise.dsl.fit;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import reprise.dsl.data.Columns;
import reprise.dsl.data.DataSet;
import reprise.dsl.data.PointsSource;
import reprise.dsl.law.Law;
import reprise.dsl.law.Objective;

/**
 * A comparison of forms that still needs its points: continue with {@link #on(DataSet)} or {@link
 * #csv}.
 *
 * @param laws at least two
 */
public record NeedsSharedPoints(List<Law> laws) {
  public NeedsSharedPoints {
    laws = List.copyOf(laws);
  }

  /** The points of a data set of the registry. */
  public FormContest on(DataSet dataSet) {
    return contest(new PointsSource.Registered(dataSet));
  }

  /** The points of a CSV file; lines that begin with # are comments. */
  public FormContest csv(Path file, Columns columns) {
    return contest(new PointsSource.Csv(file, columns));
  }

  private FormContest contest(PointsSource points) {
    return new FormContest(laws, points, Objective.huber(1e-3), Optional.empty(), 10, 42);
  }
}
