package reprise.tensor.cpu;

import java.util.Locale;

/** Variants of the native kernels; numbers as in {@code reprise.h}. */
public enum InstructionSet {
  /** Vectors of four by the compiler: SSE2 on x86-64, NEON on arm64. */
  PORTABLE,
  AVX2,
  AVX512;

  /** The name in records: portable, neon, avx2 or avx512. */
  public String text() {
    boolean arm = System.getProperty("os.arch", "").matches("aarch64|arm64");
    return this == PORTABLE && arm ? "neon" : name().toLowerCase(Locale.ROOT);
  }

  /** Reads a name given by a user. */
  static InstructionSet parse(String text) {
    for (InstructionSet s : values()) {
      if (s.text().equalsIgnoreCase(text) || s.name().equalsIgnoreCase(text)) {
        return s;
      }
    }
    throw new IllegalArgumentException(
        "unknown instruction set '" + text + "'; use portable, avx2 or avx512");
  }
}
