package reprise.dsl.result;

import java.time.Instant;
import java.util.List;

/**
 * Everything needed to say what computed a number and to compute it again.
 *
 * @param planHash SHA-256 of the plan's text, the key of the run store
 * @param planText the plan as printed
 * @param backend name, instruction set and precision, such as {@code cpu avx512 f32}
 * @param backendNote why this backend serves when it is not the fast one; empty otherwise
 * @param libraryVersion of Reprise
 * @param libraryDigest SHA-256 of the native library, or empty on the reference backend
 * @param machine the computer
 * @param started when the run began
 * @param seconds wall time
 * @param data the data sets read, with their checksums
 * @param runs each run's id and the digest of its final parameters
 * @param warnings what did not go as it should and changed no number, such as a store that could
 *     not be written
 */
public record Provenance(
    String planHash,
    String planText,
    String backend,
    String backendNote,
    String libraryVersion,
    String libraryDigest,
    Machine machine,
    Instant started,
    double seconds,
    List<Data> data,
    List<Run> runs,
    List<String> warnings) {
  public Provenance {
    data = List.copyOf(data);
    runs = List.copyOf(runs);
    warnings = List.copyOf(warnings);
  }

  /** Where all went as it should. */
  public Provenance(
      String planHash,
      String planText,
      String backend,
      String backendNote,
      String libraryVersion,
      String libraryDigest,
      Machine machine,
      Instant started,
      double seconds,
      List<Data> data,
      List<Run> runs) {
    this(
        planHash,
        planText,
        backend,
        backendNote,
        libraryVersion,
        libraryDigest,
        machine,
        started,
        seconds,
        data,
        runs,
        List.of());
  }

  /**
   * The computer.
   *
   * @param cpu model name
   * @param cores logical processors available to the JVM
   * @param os name and architecture
   * @param jdk vendor and version
   */
  public record Machine(String cpu, int cores, String os, String jdk) {}

  /**
   * A data set that was read.
   *
   * @param id registry id
   * @param sha256 of the file read
   * @param origin pinned address
   * @param licence as the registry states it
   */
  public record Data(String id, String sha256, String origin, String licence) {}

  /**
   * A run.
   *
   * @param id unique in its plan
   * @param digest SHA-256 over the final parameters, or empty for a run that failed
   */
  public record Run(String id, String digest) {}

  @Override
  public String toString() {
    return backend
        + ", "
        + machine.cpu()
        + ", "
        + runs.size()
        + " runs, plan "
        + planHash
        + (warnings.isEmpty() ? "" : "; " + String.join("; ", warnings));
  }
}
