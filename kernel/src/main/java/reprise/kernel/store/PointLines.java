package reprise.kernel.store;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The points of some runs as CSV or JSON lines: the bytes of {@code metrics.jsonl} with the run's
 * name before them. A number is copied as it stands and never parsed, which is faster than any
 * parser and cannot change it; {@code null} becomes an empty cell.
 */
final class PointLines {
  private final boolean csv;
  private byte[] in = new byte[1 << 15];
  private byte[] bytes = new byte[1 << 18];
  private int length;
  private long count;

  /** Lines of commas, or else of JSON. */
  PointLines(boolean csv) {
    this.csv = csv;
  }

  /** The lines so far; valid up to {@link #length}. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Points so far. */
  long count() {
    return count;
  }

  /** Appends the points of a run, each after its name; one without metrics has none. */
  void add(Path root, RunName run) throws IOException {
    String name =
        csv ? run.plan() + "," + RunExport.cell(run.id()) + "," : "{\"run\":\"" + run + "\",";
    add(root, run, name.getBytes(StandardCharsets.UTF_8));
  }

  /** The same with anything before each point. */
  void add(Path root, RunName run, byte[] prefix) throws IOException {
    int size = read(root + "/" + run.plan() + "/" + run.id() + "/" + OpenRun.METRICS);
    int begin = 0;
    for (int i = 0; i < size; i++) {
      // a line that was not written to its end is none
      if (in[i] == '\n') {
        if (i - begin >= 2 && in[begin] == '{' && in[i - 1] == '}') {
          room(prefix.length + i - begin + 1);
          System.arraycopy(prefix, 0, bytes, length, prefix.length);
          length += prefix.length;
          if (csv) {
            cells(begin, i);
          } else {
            System.arraycopy(in, begin + 1, bytes, length, i - begin);
            length += i - begin;
          }
          count++;
        }
        begin = i + 1;
      }
    }
  }

  // into the buffer of all runs; the number of bytes
  private int read(String file) throws IOException {
    int size = 0;
    try (FileInputStream from = new FileInputStream(file)) {
      for (int n = from.read(in); n >= 0; n = from.read(in, size, in.length - size)) {
        size += n;
        if (size == in.length) {
          in = Arrays.copyOf(in, 2 * size);
        }
      }
    } catch (FileNotFoundException none) {
      return 0;
    }
    return size;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }

  // {"step":1,"loss":2.0,"seconds":3.0}: what stands between each colon and comma
  private void cells(int begin, int end) {
    byte[] from = in;
    byte[] to = bytes;
    int last = end - 1; // the closing brace
    int at = length;
    int i = begin;
    while (true) {
      while (i < last && from[i] != ':') {
        i++;
      }
      if (i < last && from[++i] == 'n') {
        i += 4; // null
      }
      while (i < last && from[i] != ',') {
        to[at++] = from[i++];
      }
      if (i >= last) {
        break;
      }
      to[at++] = ',';
      i++;
    }
    to[at++] = '\n';
    length = at;
  }
}
