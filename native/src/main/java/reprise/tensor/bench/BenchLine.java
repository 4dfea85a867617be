package reprise.tensor.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one benchmark found: names and values in order, printed as one line of JSON. */
public final class BenchLine {
  private static final Pattern ENTRY = Pattern.compile("\"([^\"]+)\":(\"([^\"]*)\"|[^,}]+)");

  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Adds or replaces a value. */
  public BenchLine put(String name, Object value) {
    values.put(name, value);
    return this;
  }

  /**
   * Adds the times of steps in milliseconds of wall time: {@code <what>_median} and {@code
   * <what>_min}.
   */
  public BenchLine times(String what, double[] milliseconds) {
    double[] sorted = milliseconds.clone();
    Arrays.sort(sorted);
    return put(what + "_median", sorted[sorted.length / 2]).put(what + "_min", sorted[0]);
  }

  /** A number, or NaN where there is none of this name. */
  public double number(String name) {
    Object value = values.get(name);
    return value instanceof Number n ? n.doubleValue() : Double.NaN;
  }

  /** One line of JSON. */
  public String json() {
    List<String> parts = new ArrayList<>();
    values.forEach((name, value) -> {
      String text =
          switch (value) {
            case Double d -> String.format(Locale.ROOT, "%.4f", d);
            case Number n -> n.toString();
            default -> "\"" + value + "\"";
          };
      parts.add("\"" + name + "\":" + text);
    });
    return "{" + String.join(",", parts) + "}";
  }

  /** Reads what {@link #json} writes: one flat object. */
  public static BenchLine parse(String json) {
    BenchLine line = new BenchLine();
    Matcher m = ENTRY.matcher(json);
    while (m.find()) {
      if (m.group(3) != null) {
        line.put(m.group(1), m.group(3));
      } else {
        line.put(m.group(1), Double.valueOf(m.group(2).strip()));
      }
    }
    return line;
  }

  /** Milliseconds since this JVM started. */
  static double millisecondsOfJvm() {
    return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  /** Largest resident memory of this process in MB, or -1 where the system does not tell. */
  public static long peakResidentMb() {
    try {
      for (String s : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (s.startsWith("VmHWM")) {
          return Long.parseLong(s.replaceAll("\\D+", "")) / 1024;
        }
      }
    } catch (IOException e) {
      return -1;
    }
    return -1;
  }
}
