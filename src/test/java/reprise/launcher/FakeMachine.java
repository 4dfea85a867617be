package reprise.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A machine in a folder: a home, a system root, a PATH that holds only what a test puts there, and
 * a project whose Maven and JDK are scripts of a few lines. Its path has a space, as on many Macs.
 */
final class FakeMachine {
  private static final Path REAL = Path.of("").toAbsolutePath();

  /** What the launcher may count on everywhere: POSIX tools, tar and gzip. */
  private static final List<String> TOOLS =
      List.of(
          ("cat chmod cksum cp cut date dirname echo find grep gzip head id ln ls mkdir mv readlink"
                  + " rm sed sh sha256sum sleep sort tail tar tee touch tr uname")
              .split(" "));

  final Path folder;
  final Path home;
  final Path bin;
  final Path system;
  final Path project;
  final Map<String, String> environment = new TreeMap<>();
  private final Map<Process, List<Path>> streams = new HashMap<>();
  String shell = "";

  /** What a start of the launcher left: its exit status and the two streams. */
  record Outcome(int status, String out, String err) {}

  FakeMachine(Path temporary) throws IOException {
    folder = Files.createDirectory(temporary.resolve("a machine"));
    home = Files.createDirectory(folder.resolve("home"));
    bin = Files.createDirectory(folder.resolve("bin"));
    system = Files.createDirectory(folder.resolve("system"));
    project = Files.createDirectory(folder.resolve("my project"));
    Files.copy(REAL.resolve("reprise"), project.resolve("reprise"), COPY_ATTRIBUTES);
    for (String module : List.of("native", "dsl", "papers", "kernel", "reproductions")) {
      write(project.resolve(module + "/pom.xml"), "<project/>\n");
      write(project.resolve(module + "/src/main/java/A.java"), "class A {}\n");
    }
    write(project.resolve("pom.xml"), "<project/>\n");
    environment.put("PATH", bin + ":" + tools());
    environment.put("HOME", home.toString());
    environment.put("REPRISE_SYSTEM_ROOT", system.toString());
    osRelease("ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n");
    script(bin.resolve("cc"), "exit 0");
    script(bin.resolve("uname"), "[ \"$1\" = -m ] && echo x86_64 || echo Linux");
    script(bin.resolve("id"), "echo 1000");
  }

  /** A folder of links to the real tools, shared by all machines: no javac, cc or curl in it. */
  private static Path tools() throws IOException {
    Path tools = Files.createDirectories(REAL.resolve("src/test/target/launcher-tools"));
    for (String tool : TOOLS) {
      Path real = Path.of("/usr/bin", tool);
      if (!Files.isExecutable(real)) {
        real = Path.of("/bin", tool);
      }
      if (Files.isExecutable(real) && !Files.isSymbolicLink(tools.resolve(tool))) {
        Files.createSymbolicLink(tools.resolve(tool), real);
      }
    }
    return tools;
  }

  void osRelease(String text) throws IOException {
    write(system.resolve("etc/os-release"), text);
  }

  /** A JDK whose java prints its own arguments, one to a line, and ends with status 7. */
  Path jdk(String where, String version) throws IOException {
    Path jdk = folder.resolve(where);
    write(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(jdk.resolve("bin/javac"), "exit 1");
    script(
        jdk.resolve("bin/java"),
        "case \"$1\" in -version) echo \"openjdk version \\\""
            + version
            + "\\\"\" >&2; exit;; esac",
        "case \"$*\" in *AOTCacheOutput*) exit 1;; esac",
        "printf '<%s>\\n' \"$@\"",
        "exit 7");
    return jdk;
  }

  /** A Maven wrapper that notes each build and makes the jars; the lines come before that. */
  void mvnw(String... lines) throws IOException {
    List<String> script = new ArrayList<>(List.of("[ \"$1\" = --version ] && exit 0"));
    script.addAll(List.of(lines));
    script.addAll(
        List.of(
            "echo \"$*\" >>\"" + folder + "/builds\"",
            "echo '[INFO] Building reprise-native 0.1.0-SNAPSHOT   [2/6]'",
            "mkdir -p reproductions/target/lib",
            "echo jar >reproductions/target/lib/picocli-4.jar",
            "echo jar >reproductions/target/lib/reprise-dsl-0.1.jar",
            "echo jar >reproductions/target/reprise-reproductions-0.1.jar"));
    script(project.resolve("mvnw"), script.toArray(String[]::new));
  }

  /** The arguments of every Maven build so far. */
  List<String> builds() throws IOException {
    Path file = folder.resolve("builds");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  Outcome reprise(String... arguments) throws Exception {
    return run(project, project.resolve("reprise"), arguments);
  }

  Outcome run(Path directory, Path launcher, String... arguments) throws Exception {
    return finish(start(directory, launcher, arguments));
  }

  Process start(Path directory, Path launcher, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (!shell.isEmpty()) {
      command.addAll(List.of(shell.split(" ")));
    }
    command.add(launcher.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectError(Files.createTempFile(folder, "err", "").toFile());
    builder.redirectOutput(Files.createTempFile(folder, "out", "").toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    streams.put(
        process,
        List.of(builder.redirectOutput().file().toPath(), builder.redirectError().file().toPath()));
    return process;
  }

  Outcome finish(Process process) throws Exception {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the launcher did not end within a minute");
    }
    List<Path> files = streams.get(process);
    return new Outcome(process.exitValue(), text(files.get(0)), text(files.get(1)));
  }

  /** Paths of this machine are written as ~ (home), @ (project) and / (system). */
  private String text(Path file) throws IOException {
    return Files.readString(file)
        .replace(home.toString(), "~")
        .replace(project.toString(), "@")
        .replace(system.toString(), "")
        .replace(folder.toString(), "^");
  }

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(UTF_8));
  }

  static void script(Path file, String... lines) throws IOException {
    Files.deleteIfExists(file);
    write(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + file);
    }
  }

  /** Names of everything in a folder, hidden entries too. */
  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
