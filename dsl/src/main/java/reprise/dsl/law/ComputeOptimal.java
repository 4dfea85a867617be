package reprise.dsl.law;

/** A law that says how to split a compute budget between model size and tokens. */
public interface ComputeOptimal extends Law {
  /** The allocation of least loss at {@code flops} = 6 N D, for these constants. */
  Allocation allocate(double[] constants, double flops);
}
