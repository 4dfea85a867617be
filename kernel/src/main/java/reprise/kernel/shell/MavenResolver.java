package reprise.kernel.shell;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks the Maven of this machine for libraries: it knows the user's mirrors, proxies and
 * credentials, and was there to build Reprise. A resolver of our own would put twenty more jars on
 * the class path that every cell is compiled against.
 */
final class MavenResolver {
  private static final String GOAL =
      "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath";
  private static final long MINUTES = 10;

  /** Maven's hints about its own options are none for a cell. */
  private static final Pattern ADVICE =
      Pattern.compile("\\[Help|To see the full stack|Re-run Maven|For more information");

  private MavenResolver() {}

  /** Resolves a pom and adds what it names to the shell. */
  static void add(Magic.Call call, String pom) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("reprise-maven");
    try {
      var file = folder.resolve("pom.xml");
      var output = folder.resolve("classpath.txt");
      Files.writeString(file, pom);
      resolve(call, file, output);
      var jars =
          Stream.of(Files.readString(output).strip().split(File.pathSeparator))
              .filter(entry -> !entry.isBlank())
              .map(Path::of)
              .toList();
      call.shell().addToClassPath(jars);
      System.out.println(
          jars.stream()
              .map(jar -> jar.getFileName().toString())
              .collect(Collectors.joining(", ", "Added " + jars.size() + " jars: ", "")));
    } finally {
      try (var files = Files.walk(folder)) {
        for (var path : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  /** A pom that depends on {@code group:artifact[:extension[:classifier]]:version}. */
  static String pom(Magic.Call call, List<String> coordinates, String repositories) {
    var dependencies = new StringBuilder();
    for (var coordinate : coordinates) {
      var parts = coordinate.split(":");
      if (parts.length < 3 || parts.length > 5 || !coordinate.matches("[\\w.:\\-\\[\\](),]+")) {
        throw call.error(
            "'"
                + coordinate
                + "' is not group:artifact:version, such as tech.tablesaw:tablesaw-core:0.44.4");
      }
      dependencies
          .append("<dependency><groupId>")
          .append(parts[0])
          .append("</groupId><artifactId>")
          .append(parts[1])
          .append("</artifactId><version>")
          .append(parts[parts.length - 1])
          .append("</version>")
          .append(parts.length > 3 ? "<type>" + parts[2] + "</type>" : "")
          .append(parts.length > 4 ? "<classifier>" + parts[3] + "</classifier>" : "")
          .append("</dependency>");
    }
    return wrap(dependencies.toString(), repositories);
  }

  /**
   * The body of {@code %%loadFromPOM}: a whole pom, or what stands inside one.
   *
   * @param repositories those of the shell, as an element or nothing
   */
  static String wrap(String body, String repositories) {
    var text = body.strip();
    if (text.contains("<project")) {
      return text;
    }
    var inner =
        text.contains("<dependencies>") || text.contains("<repositories>") || text.isEmpty()
            ? text
            : "<dependencies>" + text + "</dependencies>";
    return "<project><modelVersion>4.0.0</modelVersion><groupId>reprise.cell</groupId>"
        + "<artifactId>cell</artifactId><version>1</version>"
        + inner
        // a second list of repositories would be no pom
        + (inner.contains("<repositories>") ? "" : repositories)
        + "</project>";
  }

  static String file(Magic.Call call) throws IOException {
    if (call.words().isEmpty() || !Files.isRegularFile(Path.of(call.words().getFirst()))) {
      throw call.error(
          "name a pom.xml that exists, or write %%loadFromPOM with <dependency> below");
    }
    return Files.readString(Path.of(call.words().getFirst()));
  }

  private static void resolve(Magic.Call call, Path pom, Path output)
      throws IOException, InterruptedException {
    var command =
        List.of(
            mvn(call),
            "-q",
            "-B",
            "-f",
            pom.toString(),
            GOAL,
            "-Dmdep.outputFile=" + output,
            "-Dmdep.includeScope=runtime");
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectInput(ProcessBuilder.Redirect.from(nothing()));
    var process = builder.start();
    try {
      var log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw call.error("Maven did not end within " + MINUTES + " minutes");
      }
      if (process.exitValue() != 0 || !Files.exists(output)) {
        throw call.error("Maven could not resolve it:\n" + errors(log));
      }
    } finally {
      process.destroy();
    }
  }

  private static File nothing() {
    return new File(isWindows() ? "NUL" : "/dev/null");
  }

  private static String errors(String log) {
    var lines =
        log.lines()
            .filter(line -> line.startsWith("[ERROR]"))
            .map(line -> line.substring("[ERROR]".length()).strip())
            .map(line -> line.replace("-> [Help 1]", "").strip())
            .filter(line -> !line.isEmpty() && !ADVICE.matcher(line).lookingAt())
            .limit(6)
            .collect(Collectors.joining("\n"));
    return lines.isEmpty() ? log.strip() : lines;
  }

  private static String mvn(Magic.Call call) {
    return find(System.getenv(), Path.of(System.getProperty("user.home")))
        .orElseThrow(() ->
            call.error(
                "there is no mvn on the PATH; install Maven (Debian: apt install maven, macOS:"
                    + " brew install maven), or add jars with %jars"))
        .toString();
  }

  /** Maven on the PATH, in MAVEN_HOME, or the one that a Maven wrapper has fetched. */
  static Optional<Path> find(Map<String, String> env, Path home) {
    var names = isWindows() ? List.of("mvn.cmd", "mvn.bat") : List.of("mvn");
    var folders =
        new ArrayList<>(
            Stream.of(env.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .toList());
    for (var variable : List.of("MAVEN_HOME", "M2_HOME")) {
      if (env.containsKey(variable)) {
        folders.add(Path.of(env.get(variable), "bin"));
      }
    }
    var wrapper = home.resolve(".m2/wrapper/dists");
    if (Files.isDirectory(wrapper)) {
      try (var files = Files.find(wrapper, 4, (path, a) -> path.endsWith("bin"))) {
        files.sorted(Comparator.reverseOrder()).forEach(folders::add);
      } catch (IOException | UncheckedIOException e) {
        // A wrapper's folder that cannot be read has no Maven for us.
        folders.remove(wrapper);
      }
    }
    return folders.stream()
        .flatMap(folder -> names.stream().map(folder::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static boolean isWindows() {
    return System.getProperty("os.name").startsWith("Windows");
  }
}
