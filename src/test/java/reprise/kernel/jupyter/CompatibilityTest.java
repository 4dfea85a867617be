package reprise.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A notebook written for IJava and JJava runs unchanged. */
@Tag("kernel")
@Timeout(180)
class CompatibilityTest {
  private static final Path NOTEBOOKS = Path.of("src/test/jupyter");

  @TempDir private Path folder;

  @Test
  void aNotebookOfIJavaRuns() throws Exception {
    Files.copy(NOTEBOOKS.resolve("helpers.jshell"), folder.resolve("helpers.jshell"));
    var shown = new ArrayList<String>();
    try (var kernel =
        new KernelProcess(
            folder,
            Client.freePorts("k"),
            Map.of("IJAVA_STARTUP_SCRIPT", "int fromStartup(int n) { return n; }"))) {
      for (var code : cells(NOTEBOOKS.resolve("ijava.ipynb"))) {
        var answer = kernel.execute(code);
        assertThat(answer.content().get("status").getAsString())
            .as(() -> code + "\n" + answer.content())
            .isEqualTo("ok");
        for (var type : List.of("execute_result", "display_data", "update_display_data")) {
          answer.of(type).forEach(content -> shown.add(text(content)));
        }
        if (code.contains("err")) {
          assertThat(answer.stream("stdout")).isEqualTo("out\n");
          assertThat(answer.stream("stderr")).isEqualTo("err\n");
        }
      }
    }
    assertThat(shown)
        .containsExactly(
            "Hello, World",
            "[1, 4, 9, 16, 25]",
            "true",
            "x^2",
            "<b>bold</b>",
            "working",
            "done",
            "42",
            "42",
            "1");
  }

  /** Where a firm's Maven has a mirror, libraries come from there: nothing is at the address. */
  @Test
  void mirrorsOfMavensSettingsApply() throws Exception {
    var lib = Files.createDirectories(folder.resolve("mirror/mirrored/bread/1.0"));
    Files.writeString(
        lib.resolve("bread-1.0.pom"),
        "<project><modelVersion>4.0.0</modelVersion><groupId>mirrored</groupId>"
            + "<artifactId>bread</artifactId><version>1.0</version></project>");
    try (var jar = new JarOutputStream(Files.newOutputStream(lib.resolve("bread-1.0.jar")))) {
      jar.putNextEntry(new JarEntry("mirrored/recipe.txt"));
    }
    var repository = Path.of(System.getProperty("user.home"), ".m2", "repository");
    var home = folder.resolve("home");
    Files.createDirectories(home.resolve(".m2"));
    Files.writeString(
        home.resolve(".m2/settings.xml"),
        "<settings><localRepository>"
            + repository
            + "</localRepository><mirrors><mirror><id>firm</id><mirrorOf>shop</mirrorOf><url>"
            + folder.resolve("mirror").toUri()
            + "</url></mirror></mirrors></settings>");
    try (var kernel =
        new KernelProcess(
            folder, Client.freePorts("k"), Map.of("MAVEN_OPTS", "-Duser.home=" + home))) {
      var answer =
          kernel.execute(
              "%mavenRepo shop https://nothing.invalid/maven\n%maven mirrored:bread:1.0");
      assertThat(answer.stream("stdout")).isEqualTo("Added 1 jars: bread-1.0.jar\n");
    } finally {
      Install.delete(repository.resolve("mirrored"));
    }
  }

  /** The form that was asked for, else the plain text. */
  private static String text(JsonObject content) {
    var data = content.getAsJsonObject("data");
    var best = data.has("text/html") ? "text/html" : "text/plain";
    return data.get(data.has("text/latex") ? "text/latex" : best).getAsString();
  }

  private static List<String> cells(Path notebook) throws Exception {
    var cells = new ArrayList<String>();
    var json = JsonParser.parseString(Files.readString(notebook)).getAsJsonObject();
    for (JsonElement cell : json.getAsJsonArray("cells")) {
      if (cell.getAsJsonObject().get("cell_type").getAsString().equals("code")) {
        var source = new StringBuilder();
        JsonArray lines = cell.getAsJsonObject().getAsJsonArray("source");
        lines.forEach(line -> source.append(line.getAsString()));
        cells.add(source.toString());
      }
    }
    return cells;
  }
}
