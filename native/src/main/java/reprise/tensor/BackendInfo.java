package reprise.tensor;

/**
 * Which backend computed something.
 *
 * @param name reference or cpu
 * @param instructionSet jvm, portable, avx2, avx512 or neon
 * @param precision f64 for the reference backend, f32 for cpu
 * @param libraryDigest SHA-256 of the native library in hex, empty for the reference backend
 * @param reason why this backend and not a faster one; empty where it is the fastest
 */
public record BackendInfo(
    String name, String instructionSet, String precision, String libraryDigest, String reason) {
  @Override
  public String toString() {
    String base = name + " (" + instructionSet + ", " + precision + ")";
    return reason.isEmpty() ? base : base + ": " + reason;
  }
}
