package reprise.kernel.render;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import reprise.dsl.chart.Figure;
import reprise.dsl.claim.Entry;
import reprise.dsl.repro.Reproduced;

/**
 * All results as a folder of static pages: an index of every paper by family, and a report for each
 * that was replayed. Needs no server and nothing from elsewhere.
 */
public final class Site {
  private Site() {}

  /**
   * Writes {@code index.html}, {@code <paper>.html} and {@code <paper>.svg}, its first figure.
   *
   * @param replayed papers with their verdicts
   * @param catalogue all papers, replayed or not
   * @param version of Reprise
   * @return the pages written, the index first
   */
  public static List<Path> write(
      List<Reproduced> replayed, List<Entry> catalogue, String version, Path folder) {
    List<Path> pages = new ArrayList<>();
    pages.add(text(folder.resolve("index.html"), SiteIndex.html(replayed, catalogue, version)));
    for (Reproduced one : replayed) {
      pages.add(text(folder.resolve(one.card().slug() + ".html"), Report.html(one)));
      List<Figure> charts = one.charts();
      if (!charts.isEmpty()) {
        Charts.write(charts.getFirst(), folder.resolve(one.card().slug() + ".svg"));
      }
    }
    return pages;
  }

  private static Path text(Path file, String content) {
    AtomicFile.write(file, content.getBytes(StandardCharsets.UTF_8));
    return file;
  }
}
