package reprise.kernel.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import reprise.dsl.result.Provenance;

/** What this computer and this build are, for provenance. */
public final class Host {
  private Host() {}

  /** CPU, cores, operating system, JDK. */
  public static Provenance.Machine machine() {
    return new Provenance.Machine(
        cpu(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.vendor") + " " + Runtime.version());
  }

  /** Version of Reprise, from the jar. */
  public static String version() {
    Properties build = new Properties();
    try (InputStream in = Host.class.getResourceAsStream("/reprise/kernel/build.properties")) {
      if (in == null) {
        return "unknown";
      }
      build.load(in);
    } catch (IOException unreadable) {
      return "unknown";
    }
    return build.getProperty("version", "unknown");
  }

  private static String cpu() {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      try (var lines = Files.lines(info)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
      } catch (IOException unreadable) {
        return System.getProperty("os.arch");
      }
    }
    return System.getProperty("os.arch");
  }
}
