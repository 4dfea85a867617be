package reprise.kernel.store;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs and their points as CSV or JSON lines. */
public final class RunExport {
  private static final int BATCH = 512;
  private static final String HEAD = "plan,run,step,loss,seconds\n";

  private RunExport() {}

  /** How to write. */
  public enum Format {
    CSV,
    JSONL
  }

  /** One line a run. */
  public static void runs(List<RunRow> rows, Format format, OutputStream out) throws IOException {
    Set<String> fields = new LinkedHashSet<>();
    StringBuilder text = new StringBuilder();
    if (format == Format.CSV) {
      rows.forEach(row -> fields.addAll(row.json().getAsJsonObject("fields").keySet()));
      text.append("plan,id,title,kind,status,started,seconds,loss,steps,seed,flops,digest,");
      text.append("backend,paper,failed");
      fields.forEach(name -> text.append(',').append(cell(name)));
      text.append('\n');
    }
    for (RunRow row : rows) {
      JsonObject json = row.json();
      if (format == Format.JSONL) {
        text.append(json).append('\n');
        continue;
      }
      json.remove("run");
      JsonObject own = json.remove("fields").getAsJsonObject();
      text.append(
          json.asMap().values().stream().map(RunExport::cell).collect(Collectors.joining(",")));
      fields.forEach(name -> text.append(',').append(cell(own.get(name))));
      text.append('\n');
    }
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String cell(JsonElement value) {
    return value == null || value.isJsonNull() ? "" : cell(value.getAsString());
  }

  // RFC 4180
  private static String cell(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /**
   * One line a point. Reads the metrics of many runs at once and writes them in the order of the
   * rows.
   *
   * @return the number of points
   */
  public static long points(Path root, List<RunRow> rows, Format format, OutputStream out)
      throws IOException {
    if (format == Format.CSV) {
      out.write(HEAD.getBytes(StandardCharsets.UTF_8));
    }
    long points = 0;
    for (int from = 0; from < rows.size(); from += BATCH) {
      List<RunRow> batch = rows.subList(from, Math.min(from + BATCH, rows.size()));
      List<Lines> lines;
      try {
        lines = batch.parallelStream().map(row -> lines(root, row, format)).toList();
      } catch (UncheckedIOException unreadable) {
        throw unreadable.getCause();
      }
      for (Lines each : lines) {
        out.write(each.bytes, 0, each.length);
        points += each.count;
      }
    }
    return points;
  }

  /** Lines of one run, ready to write. */
  private static final class Lines {
    private byte[] bytes;
    private int length;
    private int count;

    private void append(byte[] from, int at, int to) {
      System.arraycopy(from, at, bytes, length, to - at);
      length += to - at;
    }
  }

  private static Lines lines(Path root, RunRow row, Format format) {
    byte[] in;
    try {
      in = Files.readAllBytes(root.resolve(row.plan()).resolve(row.id()).resolve(OpenRun.METRICS));
    } catch (java.nio.file.NoSuchFileException none) {
      in = new byte[0];
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    String name =
        format == Format.CSV
            ? row.plan() + "," + cell(row.id()) + ","
            : "{\"run\":\"" + row.name() + "\",";
    byte[] prefix = name.getBytes(StandardCharsets.UTF_8);
    int newlines = 0;
    for (byte b : in) {
      newlines += b == '\n' ? 1 : 0;
    }
    Lines lines = new Lines();
    lines.bytes = new byte[in.length + newlines * prefix.length];
    int begin = 0;
    for (int i = 0; i < in.length; i++) {
      // a line that was not written to its end is none
      if (in[i] == '\n') {
        line(in, begin, i, prefix, format, lines);
        begin = i + 1;
      }
    }
    return lines;
  }

  // {"step":1,"loss":2.0,"seconds":3.0}: the numbers are copied as they stand
  private static void line(
      byte[] in, int begin, int end, byte[] prefix, Format format, Lines lines) {
    if (end - begin < 2 || in[begin] != '{' || in[end - 1] != '}') {
      return;
    }
    lines.append(prefix, 0, prefix.length);
    if (format == Format.JSONL) {
      lines.append(in, begin + 1, end + 1);
    } else {
      boolean value = false;
      for (int i = begin; i < end; i++) {
        byte b = in[i];
        if (b == ':') {
          value = true;
        } else if (b == ',' || i == end - 1) {
          value = false;
          lines.bytes[lines.length++] = (byte) (i == end - 1 ? '\n' : ',');
        } else if (value && !letter(b)) {
          lines.bytes[lines.length++] = b;
        }
      }
    }
    lines.count++;
  }

  // null is an empty cell; the E of an exponent is part of a number
  private static boolean letter(byte b) {
    return b >= 'a' && b <= 'z';
  }
}
