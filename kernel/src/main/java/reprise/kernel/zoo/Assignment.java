package reprise.kernel.zoo;

import java.util.Arrays;

/**
 * The linear assignment problem by shortest augmenting paths (Kuhn 1955; Jonker and Volgenant
 * 1987), cubic in the number of rows.
 */
public final class Assignment {
  private Assignment() {}

  /**
   * The column of each row so that the sum of the gains is largest, each column once.
   *
   * @param gain [n, n], row-major, finite
   */
  public static int[] largest(double[] gain, int n) {
    // potentials u of rows and v of columns, both from 1; column 0 is the row being placed
    double[] u = new double[n + 1];
    double[] v = new double[n + 1];
    int[] rowOf = new int[n + 1];
    int[] before = new int[n + 1];
    for (int row = 1; row <= n; row++) {
      rowOf[0] = row;
      int column = 0;
      double[] least = new double[n + 1];
      Arrays.fill(least, Double.POSITIVE_INFINITY);
      boolean[] seen = new boolean[n + 1];
      while (rowOf[column] != 0) {
        seen[column] = true;
        int at = rowOf[column];
        double delta = Double.POSITIVE_INFINITY;
        int next = 0;
        for (int c = 1; c <= n; c++) {
          if (seen[c]) {
            continue;
          }
          double reduced = -gain[(at - 1) * n + c - 1] - u[at] - v[c];
          if (reduced < least[c]) {
            least[c] = reduced;
            before[c] = column;
          }
          if (least[c] < delta) {
            delta = least[c];
            next = c;
          }
        }
        for (int c = 0; c <= n; c++) {
          if (seen[c]) {
            u[rowOf[c]] += delta;
            v[c] -= delta;
          } else {
            least[c] -= delta;
          }
        }
        column = next;
      }
      while (column != 0) {
        rowOf[column] = rowOf[before[column]];
        column = before[column];
      }
    }
    int[] columns = new int[n];
    for (int c = 1; c <= n; c++) {
      columns[rowOf[c] - 1] = c - 1;
    }
    return columns;
  }
}
