package reprise.kernel.lowrank;

/** A trained model whose matrix is factorised. */
interface Model {
  /** W [rows, columns], a row an input. */
  double[][] matrix();

  /** Roots of the sums of each row's Fisher information: means of squared gradients by sample. */
  double[] weights();

  /** Cross-entropy in nats with another matrix in its place. */
  double loss(double[][] matrix);
}
