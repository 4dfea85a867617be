package reprise.kernel.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import reprise.tensor.Checkpoint;
import reprise.tensor.Session;

/**
 * Where a run can go on: everything that its trainer needs to reach the same bits as an undisturbed
 * run.
 *
 * @param step steps that are done
 * @param seconds wall time that they took
 * @param state of the session or of the group's member
 * @param series the trainer's own numbers by name, such as the loss of every step, to the bit
 * @param notes the trainer's own words by name
 */
public record Resume(
    int step,
    double seconds,
    Checkpoint state,
    Map<String, float[]> series,
    Map<String, String> notes) {
  public Resume {
    series = Collections.unmodifiableMap(new LinkedHashMap<>(series));
    notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
  }

  /** The state of a session after so many steps. */
  public static Resume at(int step, double seconds, Session session) {
    return new Resume(step, seconds, session.export(), Map.of(), Map.of());
  }

  /** The same with numbers of the trainer's own. */
  public Resume series(String name, float[] values) {
    Map<String, float[]> more = new LinkedHashMap<>(series);
    more.put(name, values.clone());
    return new Resume(step, seconds, state, more, notes);
  }

  /** Numbers of the trainer's own; none where it kept none of that name. */
  public float[] series(String name) {
    return series.getOrDefault(name, new float[0]).clone();
  }

  /** The same with a note of the trainer's own, such as JSON. */
  public Resume note(String name, String text) {
    Map<String, String> more = new LinkedHashMap<>(notes);
    more.put(name, text);
    return new Resume(step, seconds, state, series, more);
  }

  /** A note of the trainer's own; empty where it kept none of that name. */
  public String note(String name) {
    return notes.getOrDefault(name, "");
  }
}
