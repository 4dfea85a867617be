package reprise.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * {@code metrics.jsonl} of a run that goes on: a line a point, appended in batches. Its lock is the
 * claim on the run, which the system drops with the process; the file itself is never renamed.
 */
final class MetricLog implements AutoCloseable {
  private static final int BATCH = 1 << 14;

  private final FileChannel channel;
  private final StringBuilder waiting = new StringBuilder();

  private MetricLog(FileChannel channel) {
    this.channel = channel;
  }

  /** Claims the file, which is made if need be; empty while another run of a JVM has it. */
  static Optional<MetricLog> claim(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean ours = false;
    try {
      // the lock lives as long as the channel
      FileLock lock = channel.tryLock();
      ours = lock != null;
    } catch (OverlappingFileLockException thisProcess) {
      return Optional.empty();
    } finally {
      if (!ours) {
        channel.close();
      }
    }
    return ours ? Optional.of(new MetricLog(channel)) : Optional.empty();
  }

  /** Drops the points after a step and a line that was not written to its end. */
  void keepUpTo(int step) throws IOException {
    if (step == 0) {
      channel.truncate(0);
      return;
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {}
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    int end = 0;
    for (int next = text.indexOf('\n'); next >= 0; next = text.indexOf('\n', end)) {
      if (step(text, end) > step) {
        break;
      }
      end = next + 1;
    }
    channel.truncate(end);
    channel.position(end);
  }

  // {"step":128,...}; a line of another form is dropped with what follows
  private static int step(String text, int at) {
    int from = at + "{\"step\":".length();
    int to = from;
    while (to < text.length() && Character.isDigit(text.charAt(to))) {
      to++;
    }
    return to == from || to - from > 9 || !text.startsWith("{\"step\":", at)
        ? Integer.MAX_VALUE
        : Integer.parseInt(text, from, to, 10);
  }

  /** Whether nothing was written yet. */
  boolean isEmpty() throws IOException {
    return waiting.isEmpty() && channel.size() == 0;
  }

  void point(int step, double loss, double seconds) throws IOException {
    waiting.append("{\"step\":").append(step).append(",\"loss\":");
    if (Double.isFinite(loss)) {
      waiting.append(loss);
    } else {
      waiting.append("null"); // JSON has no NaN
    }
    waiting.append(",\"seconds\":").append(Math.round(seconds * 1000) / 1000.0).append("}\n");
    if (waiting.length() > BATCH) {
      flush();
    }
  }

  /** Hands everything to the system: a killed process loses none of it. */
  void flush() throws IOException {
    if (waiting.isEmpty()) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(waiting.toString().getBytes(StandardCharsets.UTF_8));
    waiting.setLength(0);
    long before = channel.position();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException full) {
      channel.truncate(before); // no half line
      throw full;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      flush();
    } finally {
      channel.close();
    }
  }
}
