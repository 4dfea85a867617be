package reprise.dsl.nuclear;

import java.util.List;
import reprise.dsl.plan.Field;
import reprise.dsl.plan.Task;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Flops;

/**
 * A drawn matrix and its measures.
 *
 * @param id unique in its plan
 * @param rows n
 * @param columns d
 * @param rank of the product that it is; 0 for independent numbers, which are measured as they are
 * @param seed of the draw
 */
public record MatrixTask(String id, int rows, int columns, int rank, int seed) implements Task {
  public MatrixTask {
    Checks.text("run id", id);
  }

  /** Whether columns are centred and rows brought to length 1 first, as the paper does. */
  public boolean normalised() {
    return rank > 0;
  }

  @Override
  public int steps() {
    return 1;
  }

  /** {@code 2 n d^2} for X'X and {@code 4/3 d^3} for its reduction to three diagonals. */
  @Override
  public Flops flops() {
    double d = Math.min(rows, columns);
    return new Flops(2.0 * Math.max(rows, columns) * d * d + 4.0 / 3 * d * d * d);
  }

  @Override
  public Bytes memory() {
    return new Bytes(8L * (2L * rows * columns + 2L * columns * columns));
  }

  @Override
  public String setting() {
    return "normal numbers; products have centred columns and rows of length 1";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.whole("rows", rows),
        Field.whole("columns", columns),
        Field.words("rank", rank == 0 ? "full" : String.valueOf(rank)),
        Field.number("seed", seed, String.valueOf(seed)));
  }
}
