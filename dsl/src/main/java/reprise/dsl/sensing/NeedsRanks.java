package reprise.dsl.sensing;

import java.util.List;
import reprise.dsl.unit.Checks;

/**
 * Matrix sensing that still needs the ranks of its factors: continue with {@link #ranks}.
 *
 * @param size n, rows and columns of the unknown matrix
 * @param spectrum its eigenvalues above 0; their number is its rank r
 */
public record NeedsRanks(int size, List<Double> spectrum) {
  public NeedsRanks {
    Checks.positive("size", size, "rows");
    spectrum = List.copyOf(spectrum);
    spectrum.forEach(value -> Checks.positive("eigenvalue", value, "the unknown matrix"));
    if (spectrum.isEmpty() || spectrum.size() > size) {
      throw new IllegalArgumentException(
          "the unknown matrix needs 1 to " + size + " eigenvalues, got " + spectrum.size());
    }
  }

  /** Columns k of the factors, each a run of its own; k = r is exact, k above r is too many. */
  public MatrixSensing ranks(Integer... columns) {
    return MatrixSensing.of(this, List.of(columns));
  }
}
