package reprise.tensor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Options with numbers, rounds of times, and the JSON line, as the peer programs have them. */
final class BenchOptions {
  private final Map<String, Integer> values;
  private final boolean json;

  private BenchOptions(Map<String, Integer> values, boolean json) {
    this.values = values;
    this.json = json;
  }

  /** Defaults as name, number, name, number; {@code --json} is always known. */
  static BenchOptions parse(String[] args, Object... defaults) {
    Map<String, Integer> o = new LinkedHashMap<>();
    for (int i = 0; i < defaults.length; i += 2) {
      o.put((String) defaults[i], (Integer) defaults[i + 1]);
    }
    for (int i = 0; i < args.length; i++) {
      String name = args[i].startsWith("--") ? args[i].substring(2) : args[i];
      if (name.equals("json")) {
        continue;
      }
      if (!o.containsKey(name) || i + 1 == args.length) {
        throw new IllegalArgumentException(
            "unknown option or missing number: "
                + args[i]
                + "; options take a number: "
                + o.keySet());
      }
      o.put(name, Integer.parseInt(args[++i]));
    }
    return new BenchOptions(o, Arrays.asList(args).contains("--json"));
  }

  int get(String name) {
    return values.get(name);
  }

  boolean json() {
    return json;
  }

  static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  /** One JSON line, or name = value for people. */
  String line(Map<String, Object> row) {
    StringBuilder s = new StringBuilder(json ? "{" : "");
    row.forEach((k, v) -> {
      String text =
          v instanceof Double d
              ? String.format(Locale.ROOT, "%.4f", d)
              : v instanceof String t && json ? "\"" + t + "\"" : String.valueOf(v);
      if (s.length() > 1) {
        s.append(json ? "," : ", ");
      }
      s.append(json ? "\"" + k + "\":" : k + " ").append(text);
    });
    return s.append(json ? "}" : "").toString();
  }

  /** Largest resident set of the process in MB; -1 where the system does not tell. */
  static long peakRssMb() {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/self/status"));
      for (String l : lines) {
        if (l.startsWith("VmHWM")) {
          return Long.parseLong(l.replaceAll("\\D+", "")) / 1024;
        }
      }
    } catch (IOException e) {
      return -1;
    }
    return -1;
  }

  static float[] normal(int n) {
    SplittableRandom random = new SplittableRandom(1);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  static int[] labels(int n, int classes) {
    return new SplittableRandom(2).ints(n, 0, classes).toArray();
  }
}
