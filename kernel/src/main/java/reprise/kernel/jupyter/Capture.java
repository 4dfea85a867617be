package reprise.kernel.jupyter;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Routes what code prints to the cell that started it: threads inherit their cell, and pool threads
 * that belong to none go to the cell that ran last.
 */
final class Capture {
  private final Publisher publisher;
  private final InheritableThreadLocal<Message> own = new InheritableThreadLocal<>();
  private volatile Message last = Message.NONE;

  Capture(Publisher publisher) {
    this.publisher = publisher;
  }

  /** What this thread and those it starts print belongs to the request. */
  void begin(Message request) {
    last = request;
    own.set(request);
  }

  /** The request that the calling thread works for. */
  Message request() {
    var request = own.get();
    return request == null ? last : request;
  }

  /** Replaces standard output and error of this JVM. */
  void install() {
    System.setOut(stream("stdout"));
    System.setErr(stream("stderr"));
  }

  private PrintStream stream(String name) {
    var out =
        new OutputStream() {
          @Override
          public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            publisher.print(request(), name, bytes, offset, length);
          }
        };
    return new PrintStream(out, false, StandardCharsets.UTF_8);
  }
}
