package reprise.tensor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named arrays of a session's state, without its data tensors.
 *
 * @param floats f32 tensors by name, row-major
 * @param ints i32 tensors by name
 */
public record Checkpoint(Map<String, float[]> floats, Map<String, int[]> ints) {
  public Checkpoint {
    floats = Collections.unmodifiableMap(new LinkedHashMap<>(floats));
    ints = Collections.unmodifiableMap(new LinkedHashMap<>(ints));
  }
}
