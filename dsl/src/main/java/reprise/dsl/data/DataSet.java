package reprise.dsl.data;

import java.net.URI;
import java.util.List;
import reprise.dsl.unit.Checks;

/**
 * An entry of the data registry: facts about a data set that Reprise knows by name and never
 * copies.
 *
 * <p>It is looked for in the folder that {@code REPRISE_DATA} names, then in the user's cache, then
 * at its origin; the checksum is verified every time.
 *
 * @param id short name
 * @param citation who made it
 * @param licence what its origin says
 * @param origin pinned address of the original file
 * @param forms the files in which it is found, the first one being the origin's
 */
public record DataSet(String id, String citation, String licence, URI origin, List<Form> forms) {
  public DataSet {
    Checks.text("data set id", id);
    Checks.text("citation", citation);
    Checks.text("licence", licence);
    Checks.present("origin", origin);
    forms = List.copyOf(forms);
    if (forms.isEmpty()) {
      throw new IllegalArgumentException("data set '" + id + "' needs at least one form");
    }
  }

  /**
   * One file that holds the data set.
   *
   * @param file its name, relative to the folder it lies in
   * @param bytes its size
   * @param sha256 its checksum, 64 lower-case hexadecimal digits
   * @param columns which columns hold what
   */
  public record Form(String file, long bytes, String sha256, Columns columns) {
    public Form {
      Checks.text("file", file);
      if (!sha256.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException("not a SHA-256: '" + sha256 + "'");
      }
      Checks.present("columns", columns);
    }
  }

  /** The form that the origin serves. */
  public Form originForm() {
    return forms.getFirst();
  }
}
