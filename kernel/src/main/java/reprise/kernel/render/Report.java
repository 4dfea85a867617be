package reprise.kernel.render;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import reprise.dsl.repro.Reproduced;

/** The report of a reproduction: what a researcher sends to a colleague. */
public final class Report {
  private Report() {}

  /** One self-contained HTML page, light and dark, fit for print. */
  public static String html(Reproduced reproduced) {
    return ReportHtml.of(reproduced);
  }

  /** The same in Markdown, without the charts. */
  public static String markdown(Reproduced reproduced) {
    return ReportMarkdown.of(reproduced);
  }

  /** The record for machines: verdicts, runs, provenance. Numbers that are not known are null. */
  public static String json(Reproduced reproduced) {
    return ReportJson.of(reproduced);
  }

  /**
   * Writes {@code report.html}, {@code report.md}, {@code record.json} and {@code part-figure.svg},
   * {@code .png}.
   */
  public static void write(Reproduced reproduced, Path folder) {
    text(folder.resolve("report.html"), html(reproduced));
    text(folder.resolve("report.md"), markdown(reproduced));
    text(folder.resolve("record.json"), json(reproduced) + "\n");
    for (var part : reproduced.parts()) {
      for (var figure : Figures.of(part)) {
        Charts.write(figure, folder.resolve(figure.name() + ".svg"));
        Charts.write(figure, folder.resolve(figure.name() + ".png"));
      }
    }
  }

  private static void text(Path file, String content) {
    AtomicFile.write(file, content.getBytes(StandardCharsets.UTF_8));
  }
}
