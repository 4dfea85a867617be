package reprise.tensor.ir;

import java.util.List;
import java.util.Set;

/**
 * One tensor operation: a record whose components are its attributes. Operations are pure: results
 * depend on operands and attributes only (random numbers on seed, stream and counter, see {@link
 * RandomOp}), which is what makes common-subexpression elimination and replay safe.
 *
 * <p>To add one: a record here with its typing rule, its derivative in {@link Gradients}, a case in
 * the reference backend, an opcode in C, and one line in the conformance test.
 */
public sealed interface Op
    permits Elementwise,
        Linear,
        Layout,
        Normalise,
        Attend,
        Attention,
        Incremental,
        Experts,
        Loss,
        Lookup,
        RandomOp,
        Optimise,
        Update,
        Recurrent,
        Fourier,
        Factor,
        Criterion,
        Cut,
        Noise,
        Arrange,
        Fused,
        Pointwise,
        Quantise,
        Spatial,
        Examples,
        ElementwiseChain {
  /**
   * The typing rule: result types from operand types.
   *
   * @throws TypeMismatch if the operation is not defined for these operands
   */
  List<TensorType> infer(List<TensorType> in);

  /** The name in printed programs: the record's name in snake case. */
  default String mnemonic() {
    return OpCodec.mnemonic(getClass());
  }

  /** The mnemonics of all operations there are. */
  static Set<String> mnemonics() {
    return OpCodec.all().keySet();
  }
}
