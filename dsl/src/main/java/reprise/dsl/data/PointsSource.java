package reprise.dsl.data;

import java.nio.file.Path;
import reprise.dsl.law.Points;
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
   * The finished runs of the plan on one corpus.
   *
   * @param corpus which
   */
  record RunsOn(Corpus corpus) implements PointsSource {
    public RunsOn {
      Checks.present("corpus", corpus);
    }

    @Override
    public String label() {
      return "the runs on " + corpus.label();
    }
  }

  /**
   * The compute frontier of the plan's runs on one corpus: of every budget the cell of least loss.
   *
   * @param corpus which
   */
  record Frontier(Corpus corpus) implements PointsSource {
    public Frontier {
      Checks.present("corpus", corpus);
    }

    @Override
    public String label() {
      return "the best cell of every budget on " + corpus.label();
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

  /**
   * Points that a paper prints in a table, transcribed into its card.
   *
   * @param table which, such as {@code "Henighan et al. 2020, table 1"}
   * @param points its rows
   */
  record Printed(String table, Points points) implements PointsSource {
    public Printed {
      Checks.text("table", table);
      Checks.present("points", points);
    }

    @Override
    public String label() {
      return table + " (" + points.size() + " rows)";
    }
  }
}
