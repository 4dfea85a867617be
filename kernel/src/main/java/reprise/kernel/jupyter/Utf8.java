package reprise.kernel.jupyter;

/** Where a run of UTF-8 bytes may be cut. */
final class Utf8 {
  private Utf8() {}

  /** The length of the longest prefix that does not end inside a character. */
  static int wholeCharacters(byte[] bytes) {
    int start = bytes.length - 1;
    int least = Math.max(0, bytes.length - 4);
    while (start >= least && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    if (start < least) {
      return bytes.length;
    }
    int first = bytes[start] & 0xFF;
    int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    return start + length <= bytes.length ? bytes.length : start;
  }
}
