package reprise.dsl.data;

import java.nio.file.Path;
import reprise.dsl.unit.Checks;

/** Where the points of a fit come from. */
public sealed interface PointsSource {
  /** One line for plans. */
  String label();

  /** The finished runs of the plan itself. */
  record Runs() implements PointsSource {
    @Override
    public String label() {
      return "the runs above";
    }
  }

  /**
   * A data set of the registry.
   *
   * @param dataSet which
   */
  record Registered(DataSet dataSet) implements PointsSource {
    public Registered {
      Checks.present("data set", dataSet);
    }

    @Override
    public String label() {
      return dataSet.id() + " (" + dataSet.citation() + ")";
    }
  }

  /**
   * A CSV file of the user's.
   *
   * @param path where it lies
   * @param columns which columns hold what
   */
  record Csv(Path path, Columns columns) implements PointsSource {
    public Csv {
      Checks.present("path", path);
      Checks.present("columns", columns);
    }

    @Override
    public String label() {
      return path.getFileName().toString();
    }
  }
}
