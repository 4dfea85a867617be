package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A function over the state of a program: what one step computes.
 *
 * @param name unique in the program
 * @param body nodes in order of execution; values are numbered from 0 without gaps
 * @param updates state name to the value that replaces it when the step is complete
 * @param outputs output name to value; scalar f32 outputs are recorded for every step
 */
public record ProgramFunction(
    String name,
    List<Instruction> body,
    Map<String, Integer> updates,
    Map<String, Integer> outputs) {
  public ProgramFunction {
    Names.require(name, "function");
    body = List.copyOf(body);
    updates = Collections.unmodifiableMap(new LinkedHashMap<>(updates));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /** The type of every value, by number. */
  public List<TensorType> types() {
    List<TensorType> list = new ArrayList<>();
    body.forEach(i -> list.addAll(i.types()));
    return list;
  }

  /** Names of the scalar f32 outputs, in order: the columns of a run's history. */
  public List<String> scalars() {
    List<TensorType> types = types();
    return outputs.entrySet().stream()
        .filter(e -> types.get(e.getValue()).equals(TensorType.f32()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
