package reprise.dsl.unit;

import java.util.Locale;

/**
 * An amount of memory.
 *
 * @param count bytes, zero or more
 */
public record Bytes(long count) {
  public Bytes {
    if (count < 0) {
      throw new IllegalArgumentException("bytes must not be negative, got " + count);
    }
  }

  @Override
  public String toString() {
    if (count < 1024) {
      return count + " B";
    }
    String[] units = {"KiB", "MiB", "GiB", "TiB"};
    double value = count;
    int unit = -1;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }
}
