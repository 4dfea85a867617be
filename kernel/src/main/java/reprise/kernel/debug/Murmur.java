package reprise.kernel.debug;

import java.nio.charset.StandardCharsets;

/**
 * MurmurHash2 of 32 bits (Austin Appleby, public domain): front ends name the file of a cell by it,
 * so ours must come to the same number.
 */
final class Murmur {
  static final int SEED = 0xC70F6907;
  private static final int M = 0x5BD1E995;

  private Murmur() {}

  /** The hash of the text's UTF-8 bytes, from 0 to 2^32 - 1. */
  static long hash(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    int h = SEED ^ bytes.length;
    int whole = bytes.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      int k =
          at(bytes, i) | at(bytes, i + 1) << 8 | at(bytes, i + 2) << 16 | at(bytes, i + 3) << 24;
      k *= M;
      k ^= k >>> 24;
      k *= M;
      h = h * M ^ k;
    }
    if (whole < bytes.length) {
      for (int i = bytes.length - 1; i >= whole; i--) {
        h ^= at(bytes, i) << 8 * (i - whole);
      }
      h *= M;
    }
    h ^= h >>> 13;
    h *= M;
    h ^= h >>> 15;
    return Integer.toUnsignedLong(h);
  }

  private static int at(byte[] bytes, int i) {
    return bytes[i] & 0xFF;
  }
}
