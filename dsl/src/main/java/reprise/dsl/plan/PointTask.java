package reprise.dsl.plan;

import java.util.List;
import reprise.dsl.unit.Checks;

/** A task whose runs are points of a law: it says where they stand. */
public interface PointTask extends Task {
  /** The inputs of laws, the same names for every task of a kind; the run's loss is the output. */
  List<Coordinate> coordinates();

  /**
   * One input.
   *
   * @param name as laws call it, such as {@code N_e}
   * @param value positive
   */
  record Coordinate(String name, double value) {
    public Coordinate {
      Checks.text("coordinate", name);
      Checks.positive(name, value, "an input of a law");
    }
  }
}
