package reprise.tensor.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The native library under AddressSanitizer, UndefinedBehaviorSanitizer and ThreadSanitizer: every
 * operation and a model on every instruction set, with one thread and three, to the same bits; then
 * damaged buffers. The long version is in CONTRIBUTING.
 */
@Tag("backend")
class SanitizerTest {
  /** The root of the sources, from wherever the tests run. */
  private static Path sources() {
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      if (Files.isDirectory(p.resolve("native/src/main/c/check"))) {
        return p.resolve("native/src/main/c");
      }
    }
    throw new IllegalStateException("no native/src/main/c above " + Path.of("").toAbsolutePath());
  }

  /** One for each checkout; objects are kept, so that a second run compiles what changed. */
  private static Path work() {
    return Path.of(System.getProperty("java.io.tmpdir"))
        .resolve("reprise-sanitize-" + Integer.toHexString(sources().toString().hashCode()));
  }

  private record Finished(int status, String text) {}

  private static Finished run(List<String> command) throws IOException, InterruptedException {
    File log = Files.createTempFile("sanitize", ".log").toFile();
    try {
      Process p = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
      int status = p.waitFor();
      return new Finished(status, Files.readString(log.toPath()));
    } finally {
      Files.deleteIfExists(log.toPath());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"address", "thread"})
  void everyOperationIsClean(String kind) throws IOException, InterruptedException {
    assumeTrue(CpuBackend.failure().isEmpty(), "no native library: " + CpuBackend.failure());
    Path work = work();
    Files.createDirectories(work);
    String damaged = kind.equals("address") ? "4000" : "500";
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                sources().resolve("check/sanitize.sh").toString(),
                kind,
                work.toString(),
                "7",
                damaged));
    List<Path> files = ProgramFiles.write(work.resolve("programs-" + kind), 1 << 18);
    files.forEach(f -> command.add(f.toString()));
    Finished f = run(command);
    assumeTrue(f.status() != 77, f.text());
    assertThat(f.text()).contains(files.size() + " programs replayed, " + damaged + " damaged: ");
    assertThat(f.status()).as(f.text()).isZero();
  }

  @Test
  void onlyTheInterfaceIsVisible() throws IOException, InterruptedException {
    Path library = NativeLibrary.extract().file();
    Finished f = run(List.of("nm", "-D", "--defined-only", library.toString()));
    assumeTrue(f.status() == 0, "no nm here: " + f.text());
    List<String> names;
    try (Stream<String> lines = f.text().lines()) {
      names = lines.map(l -> l.substring(l.lastIndexOf(' ') + 1)).toList();
    }
    assertThat(names).contains("rp_open", "rp_run", "rp_close");
    assertThat(names).allSatisfy(n -> assertThat(n).startsWith("rp_").doesNotContain("portable"));
  }

  @Test
  void theLibraryIsSmall() throws IOException {
    // The jar's part for one system; docs promise two megabytes at most.
    assertThat(Files.size(NativeLibrary.extract().file())).isBetween(50_000L, 2L << 20);
  }
}
