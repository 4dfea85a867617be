package reprise.kernel.store;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import reprise.dsl.result.Provenance;
import reprise.tensor.BackendInfo;

/**
 * What computes a run, and where. A stored run answers only for the same backend and the same
 * native library; the rest is provenance.
 *
 * @param backend name, instruction set, precision and digest of the native library
 * @param version of Reprise
 * @param commit of the checkout it was built in, ending in {@code -dirty} where files differ from
 *     it; empty outside a checkout
 * @param machine the computer
 * @param workers runs that go on at the same time, each on one thread
 */
public record Computed(
    BackendInfo backend, String version, String commit, Provenance.Machine machine, int workers) {

  /** Name, instruction set and precision, such as {@code cpu avx512 f32}. */
  public String name() {
    return backend.name() + " " + backend.instructionSet() + " " + backend.precision();
  }

  /** Whether a record says that backend and library were these, so that its bits are ours. */
  boolean madeBits(JsonObject run) {
    return text(run, "backend").equals(name())
        && text(run, "libraryDigest").equals(backend.libraryDigest());
  }

  /**
   * Whether a failed run would fail again: the same bits by the same code. Of a checkout with
   * changes nobody knows, so there it is tried again.
   */
  boolean wouldFailAgain(JsonObject run) {
    return madeBits(run)
        && text(run, "libraryVersion").equals(version)
        && text(run, "commit").equals(commit)
        && !commit.endsWith("-dirty");
  }

  /** Writes itself into a record. */
  void addTo(JsonObject json) {
    json.addProperty("backend", name());
    json.addProperty("instructionSet", backend.instructionSet());
    json.addProperty("precision", backend.precision());
    json.addProperty("libraryDigest", backend.libraryDigest());
    json.addProperty("libraryVersion", version);
    json.addProperty("commit", commit);
    json.addProperty("cpu", machine.cpu());
    json.addProperty("cores", machine.cores());
    json.addProperty("os", machine.os());
    json.addProperty("jdk", machine.jdk());
    json.addProperty("workers", workers);
  }

  private static String text(JsonObject json, String name) {
    JsonElement value = json.get(name);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }
}
