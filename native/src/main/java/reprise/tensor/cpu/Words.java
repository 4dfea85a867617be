package reprise.tensor.cpu;

import java.util.Arrays;

/** A growing array of 64-bit words. */
final class Words {
  private long[] words = new long[256];
  private int size;

  Words add(long word) {
    if (size == words.length) {
      words = Arrays.copyOf(words, 2 * size);
    }
    words[size++] = word;
    return this;
  }

  Words add(double value) {
    return add(Double.doubleToRawLongBits(value));
  }

  void set(int at, long word) {
    words[at] = word;
  }

  int size() {
    return size;
  }

  long[] toArray() {
    return Arrays.copyOf(words, size);
  }
}
