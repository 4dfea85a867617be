package reprise.kernel.nuclear;

import static reprise.dsl.nuclear.NuclearMeasures.ALL_COLUMNS;
import static reprise.dsl.nuclear.NuclearMeasures.ENTROPY;
import static reprise.dsl.nuclear.NuclearMeasures.FROBENIUS;
import static reprise.dsl.nuclear.NuclearMeasures.LARGEST_COLUMNS;
import static reprise.dsl.nuclear.NuclearMeasures.NUCLEAR;
import static reprise.dsl.nuclear.NuclearMeasures.SURROGATE;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import reprise.dsl.result.Reading;
import reprise.kernel.analysis.SymmetricValues;

/**
 * A matrix X [rows, columns], its rows one after the other, and what is measured on it.
 *
 * @param x its numbers
 * @param rows n
 * @param columns d
 */
record Norms(double[] x, int rows, int columns) {
  /** Columns centred, then rows brought to length 1: the paper's first step. */
  Norms normalised() {
    double[] y = x.clone();
    for (int c = 0; c < columns; c++) {
      double mean = 0;
      for (int r = 0; r < rows; r++) {
        mean += y[r * columns + c] / rows;
      }
      for (int r = 0; r < rows; r++) {
        y[r * columns + c] -= mean;
      }
    }
    for (int r = 0; r < rows; r++) {
      double square = 0;
      for (int c = 0; c < columns; c++) {
        square += y[r * columns + c] * y[r * columns + c];
      }
      double length = Math.sqrt(square);
      for (int c = 0; c < columns && length > 0; c++) {
        y[r * columns + c] /= length;
      }
    }
    return new Norms(y, rows, columns);
  }

  /** Lengths of columns, descending. */
  double[] columnLengths() {
    double[] squares = new double[columns];
    for (int r = 0; r < rows; r++) {
      int row = r * columns;
      for (int c = 0; c < columns; c++) {
        squares[c] += x[row + c] * x[row + c];
      }
    }
    return DoubleStream.of(squares).map(s -> -Math.sqrt(s)).sorted().map(s -> -s).toArray();
  }

  /** Sum of the min(n, d) largest lengths of columns. */
  double largestColumns() {
    return Arrays.stream(columnLengths()).limit(Math.min(rows, columns)).sum();
  }

  /** Eigenvalues of the smaller of X'X and XX', ascending; none below 0. */
  double[] squaredSingularValues() {
    int k = Math.min(rows, columns);
    double[] gram = new double[k * k];
    if (columns <= rows) {
      for (int r = 0; r < rows; r++) {
        int row = r * columns;
        for (int i = 0; i < k; i++) {
          double xi = x[row + i];
          for (int j = 0; j < k; j++) {
            gram[i * k + j] += xi * x[row + j];
          }
        }
      }
    } else {
      for (int i = 0; i < k; i++) {
        for (int j = 0; j < k; j++) {
          double sum = 0;
          for (int c = 0; c < columns; c++) {
            sum += x[i * columns + c] * x[j * columns + c];
          }
          gram[i * k + j] = sum;
        }
      }
    }
    return Arrays.stream(SymmetricValues.of(gram, k)).map(v -> Math.max(0, v)).toArray();
  }

  /** All measures, at a stage. */
  List<Reading> read(String at) {
    double[] squares = squaredSingularValues();
    double total = Arrays.stream(squares).sum();
    double nuclear = Arrays.stream(squares).map(Math::sqrt).sum();
    // -sum l ln l / ln d, l the eigenvalues over their sum
    double entropy =
        -Arrays.stream(squares)
                .map(s -> s / total)
                .filter(l -> l > 0)
                .map(l -> l * Math.log(l))
                .sum()
            / Math.log(columns);
    double largest = largestColumns();
    return List.of(
        new Reading(NUCLEAR, at, nuclear),
        new Reading(SURROGATE, at, largest / rows),
        new Reading(ENTROPY, at, entropy),
        new Reading(LARGEST_COLUMNS, at, largest),
        new Reading(ALL_COLUMNS, at, Arrays.stream(columnLengths()).sum()),
        new Reading(FROBENIUS, at, Math.sqrt(total)));
  }
}
