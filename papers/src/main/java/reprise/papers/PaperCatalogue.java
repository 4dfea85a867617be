package reprise.papers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import reprise.dsl.claim.Catalogue;
import reprise.dsl.claim.Entry;

/**
 * The papers that Reprise means to replay: {@code catalogue.tsv}, one paper a line, fields parted
 * by tabs, named in its first line.
 */
public final class PaperCatalogue implements Catalogue {
  private static final String FILE = "catalogue.tsv";
  private static final int FIELDS = 12;

  @Override
  public List<Entry> entries() {
    try (InputStream in = PaperCatalogue.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not on the class path: build Reprise again");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(FILE + " cannot be read", unreadable);
    }
  }

  /**
   * The entries of a text; lines that begin with # are comments.
   *
   * @throws IllegalArgumentException naming the line that cannot be used
   */
  static List<Entry> parse(String text) {
    List<Entry> entries = new ArrayList<>();
    String[] lines = text.split("\n");
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].isBlank() && !lines[i].startsWith("#")) {
        entries.add(entry(lines[i].split("\t", -1), i + 1));
      }
    }
    return List.copyOf(entries);
  }

  private static Entry entry(String[] f, int line) {
    if (f.length != FIELDS) {
      throw new IllegalArgumentException(
          FILE + ", line " + line + ": " + f.length + " fields, expected " + FIELDS);
    }
    try {
      return new Entry(
          f[0],
          f[1],
          f[2],
          f[3],
          f[4].equals("sure"),
          f[5],
          Entry.Reach.values()[Integer.parseInt(f[6]) - 1],
          f[7],
          f[8],
          List.of(f[9].split(";")),
          Integer.parseInt(f[10]),
          f[11].equals("none") ? "" : f[11]);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException wrong) {
      throw new IllegalArgumentException(
          FILE + ", line " + line + " (" + f[0] + "): " + wrong.getMessage(), wrong);
    }
  }
}
