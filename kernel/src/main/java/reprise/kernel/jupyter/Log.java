package reprise.kernel.jupyter;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The kernel's own log: the standard error of its process, which Jupyter shows in its console. */
final class Log {
  private static final PrintStream ERR =
      new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
  private static final boolean DEBUG = System.getenv("REPRISE_KERNEL_DEBUG") != null;

  private Log() {}

  static void warn(String message) {
    ERR.println("[reprise kernel] " + message);
  }

  static void warn(String message, Throwable cause) {
    warn(message + ": " + cause);
    if (DEBUG) {
      cause.printStackTrace(ERR);
    }
  }

  static void debug(String message) {
    if (DEBUG) {
      warn(message);
    }
  }
}
