package reprise.tensor.ir;

import java.util.List;

/**
 * One node in static single assignment form: an operation on earlier values. Its results are the
 * values {@code first .. first + types.size() - 1}.
 */
public record Instruction(Op op, List<Integer> inputs, int first, List<TensorType> types) {
  public Instruction {
    inputs = List.copyOf(inputs);
    types = List.copyOf(types);
  }

  /** Number of the value after this node's last result. */
  public int end() {
    return first + types.size();
  }
}
