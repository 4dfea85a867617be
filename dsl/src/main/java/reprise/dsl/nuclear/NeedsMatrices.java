package reprise.dsl.nuclear;

import java.util.List;

/** A study of matrix norms that still needs its matrices: continue with {@link #of}. */
public record NeedsMatrices() {
  /** The matrices to be measured. */
  public MatrixNorms of(Matrices... which) {
    return new MatrixNorms(List.of(which), 1);
  }
}
