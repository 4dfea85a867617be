package reprise.kernel.jupyter;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A short session with a kernel in the same JVM: what the start-up cache is trained on. */
final class Training {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ROUNDS = 2;

  /** The cache also keeps which methods were worth compiling, so the usual is done often. */
  private static final int SMALL_CELLS = 60;

  private static final List<String> CELLS =
      List.of(
          "1 + 1",
          "int x = 5;\nString s = \"n\" + x;\ns",
          "record Point(double x, double y) {}\nvar p = new Point(1, 2);\np",
          "sealed interface Shape permits Disc, Box {}\nrecord Disc(double r) implements Shape {}\n"
              + "record Box(double a) implements Shape {}",
          "double square(double d) { return d * d; }\nsquare(3)",
          "for (int i = 0; i < 3; i++) System.out.println(i);",
          "IntStream.range(0, 5).mapToObj(i -> \"n\" + i).toList()",
          "int broken = \"text\";",
          "int zero = 0; 1 / zero",
          "display(html(\"<b>b</b>\"));",
          "Map.of(\"a\", List.of(1, 2))",
          "tech.tablesaw.api.Table.create(\"t\","
              + " tech.tablesaw.api.DoubleColumn.create(\"x\", 1, 2))",
          "%time x + 1",
          "%help");
  private static final List<String> INSPECTED =
      List.of("String.valueOf", "\"text\".strip", "new ArrayList", "scalingLaw", "x");

  private Training() {}

  public static void main(String[] args) throws Exception {
    var folder = Files.createTempDirectory("reprise-training");
    var connection = Client.freePorts("training");
    var file = folder.resolve("connection.json");
    connection.write(file);
    var kernel = new FutureTask<>(() -> KernelMain.run(file));
    Thread.ofPlatform().daemon().start(kernel);
    try (var client = new Client(connection)) {
      client.askFirst("kernel_info_request", new JsonObject(), PATIENCE);
      for (int i = 0; i < SMALL_CELLS; i++) {
        client.execute("1 + " + i, PATIENCE);
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (var cell : CELLS) {
          client.execute(cell, PATIENCE);
        }
        client.ask("complete_request", at("\"text\".sub"), PATIENCE);
        for (var code : INSPECTED) {
          client.ask("inspect_request", at(code), PATIENCE);
        }
        client.ask("is_complete_request", at("for (;;) {"), PATIENCE);
        client.askControl("kernel_info_request", new JsonObject(), PATIENCE);
      }
      client.askControl("shutdown_request", new JsonObject(), PATIENCE);
    }
    kernel.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    Files.delete(file);
    Files.delete(folder);
    System.exit(0);
  }

  /** The cursor stands at the end. */
  private static JsonObject at(String code) {
    var content = new JsonObject();
    content.addProperty("code", code);
    content.addProperty("cursor_pos", code.length());
    return content;
  }
}
