package reprise.dsl.fit;

import java.nio.file.Path;
import java.util.Optional;
import reprise.dsl.data.Columns;
import reprise.dsl.data.DataSet;
import reprise.dsl.data.PointsSource;
import reprise.dsl.law.IsoFlopPlan;

/**
 * An IsoFLOP analysis that still needs its points: continue with {@link #to(DataSet)} or {@link
 * #csv}. They have two of N, D and C, by C = 6 N D, and loss; points within 2 % of one C are one
 * budget.
 */
public record NeedsBudgets() {
  /** The points of a data set of the registry. */
  public IsoFlopFit to(DataSet dataSet) {
    return of(new PointsSource.Registered(dataSet));
  }

  /** The points of a CSV file; lines that begin with # are comments. */
  public IsoFlopFit csv(Path file, Columns columns) {
    return of(new PointsSource.Csv(file, columns));
  }

  private static IsoFlopFit of(PointsSource points) {
    return new IsoFlopFit(points, IsoFlopPlan.ALL_SIZES, Optional.empty(), 1000, 42);
  }
}
