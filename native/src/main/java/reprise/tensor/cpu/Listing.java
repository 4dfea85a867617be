package reprise.tensor.cpu;

/** A program buffer as text: one line for each instruction of the native interpreter. */
final class Listing {
  /** Words beyond this are f64 attributes by their bits: no offset or extent is so large. */
  private static final long LARGEST = 1L << 50;

  private Listing() {}

  static String of(long[] words) {
    StringBuilder out = new StringBuilder();
    int at = 3;
    for (int f = 0; f < words[2]; f++) {
      int scalars = (int) words[at + 1];
      out.append("function ").append(f).append(", scalars at");
      at += 2;
      for (int k = 0; k < scalars; k++) {
        out.append(' ').append(words[at++]);
      }
      long count = words[at++];
      out.append(", ").append(count).append(" instructions\n");
      for (int i = 0; i < count; i++) {
        out.append(String.format(java.util.Locale.ROOT, "%5d  ", i));
        out.append(Opcode.values()[(int) words[at]]);
        for (int k = 2; k < words[at + 1]; k++) {
          out.append(' ').append(word(words[at + k]));
        }
        out.append('\n');
        at += (int) words[at + 1];
      }
    }
    return out.toString();
  }

  private static String word(long w) {
    return Math.abs(w) < LARGEST ? Long.toString(w) : Double.toString(Double.longBitsToDouble(w));
  }
}
