package reprise.tensor;

import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.reference.ReferenceBackend;

/** Finds backends. */
public final class Backends {
  private Backends() {}

  /**
   * The fastest backend that runs here. Where that is not the native one, {@link
   * BackendInfo#reason} of its info says why, for callers to print.
   */
  public static Backend best() {
    String failure = CpuBackend.failure();
    return failure.isEmpty() ? CpuBackend.best() : new ReferenceBackend(failure);
  }

  /** Plain Java in double precision: the oracle of the conformance tests. */
  public static ReferenceBackend reference() {
    return new ReferenceBackend("");
  }
}
