package reprise.kernel.jupyter;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import reprise.kernel.shell.Shell;

/** A short session with a kernel in the same JVM: what the start-up cache is trained on. */
final class Training {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final List<String> CELLS =
      List.of(
          "1 + 1",
          "int x = 5;\nString s = \"n\" + x;\ns",
          "record Point(double x, double y) {}\nvar p = new Point(1, 2);\np",
          "double square(double d) { return d * d; }\nsquare(3)",
          "for (int i = 0; i < 3; i++) System.out.println(i);",
          "IntStream.range(0, 5).mapToObj(i -> \"n\" + i).toList()",
          "int broken = \"text\";",
          "int zero = 0; 1 / zero",
          "display(html(\"<b>b</b>\"));",
          "Map.of(\"a\", List.of(1, 2))",
          "%help");

  private Training() {}

  public static void main(String[] args)
      throws IOException, InterruptedException, ConnectionFile.Unusable {
    var folder = Files.createTempDirectory("reprise-training");
    var connection = Client.freePorts("training");
    try (var kernel = new Kernel(connection, folder.resolve("history.jsonl"));
        var client = new Client(connection)) {
      kernel.start(Shell::open);
      client.askFirst("kernel_info_request", new JsonObject(), PATIENCE);
      for (int round = 0; round < 2; round++) {
        for (var cell : CELLS) {
          client.execute(cell, PATIENCE);
        }
        client.ask("complete_request", at("\"text\".sub", 10), PATIENCE);
        client.ask("inspect_request", at("String.valueOf(1)", 10), PATIENCE);
        client.ask("is_complete_request", at("for (;;) {", 10), PATIENCE);
      }
    }
    Files.deleteIfExists(folder.resolve("history.jsonl"));
    Files.deleteIfExists(folder);
    System.exit(0);
  }

  private static JsonObject at(String code, int cursor) {
    var content = new JsonObject();
    content.addProperty("code", code);
    content.addProperty("cursor_pos", cursor);
    return content;
  }
}
