package reprise.tensor;

import reprise.tensor.reference.ReferenceBackend;

/** Finds backends. */
public final class Backends {
  private Backends() {}

  /**
   * The fastest backend that runs here. Where that is not the native one, {@link
   * BackendInfo#reason} of its info says why, for callers to print.
   */
  public static Backend best() {
    return new ReferenceBackend("no native backend in this build");
  }

  /** Plain Java in double precision: the oracle of the conformance tests. */
  public static Backend reference() {
    return new ReferenceBackend("");
  }
}
