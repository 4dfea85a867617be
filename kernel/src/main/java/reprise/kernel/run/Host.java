package reprise.kernel.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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

  /** What this computer calls itself on its network; empty where it does not say. */
  public static String name() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException elsewhere) {
      return Optional.ofNullable(System.getenv("HOSTNAME"))
          .or(() -> Optional.ofNullable(System.getenv("COMPUTERNAME")))
          .orElse("");
    }
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

  /**
   * The commit of the checkout that Reprise runs in, with {@code -dirty} where files differ from
   * it; empty outside a checkout or without git. Asked for once a process.
   */
  public static String commit() {
    return Commit.OF_CHECKOUT;
  }

  private static final class Commit {
    static final String OF_CHECKOUT = describe();

    private static String describe() {
      String root = System.getProperty("reprise.root", "");
      if (root.isEmpty()) {
        return "";
      }
      try {
        Process git =
            new ProcessBuilder(
                    "git",
                    "-C",
                    root,
                    "describe",
                    "--always",
                    "--dirty",
                    "--abbrev=40",
                    "--match",
                    "no-tag")
                .redirectErrorStream(true)
                .start();
        String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return git.waitFor() == 0 ? text.strip() : "";
      } catch (IOException noGit) {
        return "";
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return "";
      }
    }
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
