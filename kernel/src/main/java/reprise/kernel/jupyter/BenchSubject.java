package reprise.kernel.jupyter;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A kernel to measure: how it starts, and the cells that ask the same of each language.
 *
 * @param command starts it on a connection file
 * @param signal whether it is interrupted by a signal and not by a message
 */
record BenchSubject(
    String name,
    Function<Path, List<String>> command,
    String lines,
    String loop,
    String complete,
    String inspect,
    boolean signal) {

  static BenchSubject reprise(KernelSpec spec) {
    return new BenchSubject(
        "reprise",
        file -> spec.kernelCommand(file.toString()),
        "for (int i = 0; i < 10_000; i++) System.out.println(i);",
        "while (true) {}",
        "\"text\".sub",
        "String.valueOf",
        false);
  }

  /** Python's kernel, the one that people know; empty where it is not installed. */
  static Optional<BenchSubject> ipykernel() {
    return Stream.concat(
            Stream.of("/usr/bin/python3"),
            Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> folder + "/python3"))
        .filter(python -> Files.isExecutable(Path.of(python)))
        .filter(BenchSubject::hasKernel)
        .findFirst()
        .map(python ->
            new BenchSubject(
                "ipykernel",
                file -> List.of(python, "-m", "ipykernel_launcher", "-f", file.toString()),
                "for i in range(10000): print(i)",
                "while True: pass",
                "\"text\".spl",
                "str.join",
                true));
  }

  private static boolean hasKernel(String python) {
    try {
      return new ProcessBuilder(
                  python,
                  "-c",
                  "import importlib.util, sys; sys.exit(importlib.util.find_spec(\"ipykernel_launcher\") is None)")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (java.io.IOException e) {
      Log.debug(python + " does not start: " + e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
