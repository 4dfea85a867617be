package reprise.kernel.store;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The points of some runs as CSV or JSON lines: the bytes of {@code metrics.jsonl} with the run's
 * name before them. A number is copied as it stands and never parsed, which is faster than any
 * parser and cannot change it; {@code null} becomes an empty cell.
 */
final class PointLines {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long STEP = eight("{\"step\":");
  private static final long LOSS = eight(",\"loss\":");
  private static final long SECON = eight(",\"second");
  private static final long CONDS = eight("econds\":");

  /** A line of more bytes has another form than ours. */
  private static final int LONGEST = 128;

  private final boolean csv;
  private byte[] in = new byte[1 << 15];
  private byte[] bytes = new byte[1 << 19];
  private int length;
  private long count;

  /** Lines of commas, or else of JSON. */
  PointLines(boolean csv) {
    this.csv = csv;
  }

  /**
   * Forgets what was added; the buffers stay, which new ones would take a tenth of the time for.
   */
  void clear() {
    length = 0;
    count = 0;
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
    for (int begin = 0; begin < size; ) {
      int next = csv ? known(begin, size, prefix) : begin;
      begin = next > begin ? next : line(begin, size, prefix);
    }
  }

  // a line of any form; one that was not written to its end is none
  private int line(int begin, int size, byte[] prefix) {
    int i = begin;
    while (i < size && in[i] != '\n') {
      i++;
    }
    if (i < size && i - begin >= 2 && in[begin] == '{' && in[i - 1] == '}') {
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
    return i + 1;
  }

  // into the buffer of all runs; the number of bytes
  private int read(String file) throws IOException {
    int size = 0;
    try (FileInputStream from = new FileInputStream(file)) {
      while (true) {
        int asked = Math.min(in.length - size, 1 << 15);
        int n = from.read(in, size, asked);
        size += Math.max(n, 0);
        if (n < asked) {
          return size; // of a file, less than asked is its end
        }
        if (size == in.length) {
          in = Arrays.copyOf(in, 2 * size);
        }
      }
    } catch (FileNotFoundException none) {
      return 0;
    }
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

  /**
   * A line as {@link MetricLog} writes them, {@code {"step":1,"loss":2.0,"seconds":3.0}}: its names
   * are compared eight bytes at a time, and only its numbers are looked at one by one.
   *
   * @return where the next line begins, or {@code begin} where the line has another form
   */
  private int known(int begin, int size, byte[] prefix) {
    byte[] from = in;
    int end = size - 11; // behind it no name fits
    int limit = Math.min(size, begin + LONGEST);
    if (begin >= end || (long) LONG.get(from, begin) != STEP) {
      return begin;
    }
    room(prefix.length + LONGEST);
    System.arraycopy(prefix, 0, bytes, length, prefix.length);
    int at = length + prefix.length;
    int i = begin + 8;
    int next = copy(i, limit, at);
    if (next >= end || (long) LONG.get(from, next) != LOSS) {
      return begin;
    }
    at += next - i;
    bytes[at++] = ',';
    i = next + 8;
    if (from[i] == 'n') {
      i += 4; // null
    }
    next = copy(i, limit, at);
    if (next >= end
        || (long) LONG.get(from, next) != SECON
        || (long) LONG.get(from, next + 3) != CONDS) {
      return begin;
    }
    at += next - i;
    bytes[at++] = ',';
    i = next + 11;
    next = copy(i, limit, at);
    if (next + 1 >= size || from[next] != '}' || from[next + 1] != '\n') {
      return begin;
    }
    at += next - i;
    bytes[at++] = '\n';
    length = at;
    count++;
    return next + 2;
  }

  // a number, up to what ends it
  private int copy(int begin, int limit, int at) {
    byte[] from = in;
    byte[] to = bytes;
    int i = begin;
    while (i < limit && from[i] != ',' && from[i] != '}' && from[i] > ' ') {
      to[at + i - begin] = from[i];
      i++;
    }
    return i;
  }

  private static long eight(String ascii) {
    return (long) LONG.get(ascii.getBytes(StandardCharsets.US_ASCII), 0);
  }
}
