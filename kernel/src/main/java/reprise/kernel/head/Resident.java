package reprise.kernel.head;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** Memory of this process that lies in RAM. */
final class Resident {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final double KIB_IN_MIB = 1024;

  private Resident() {}

  /** In MiB without mapped files; empty where the system does not tell as Linux does. */
  static OptionalDouble mebibytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KIB_IN_MIB)
          .findFirst();
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }
}
