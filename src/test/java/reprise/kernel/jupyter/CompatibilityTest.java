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
