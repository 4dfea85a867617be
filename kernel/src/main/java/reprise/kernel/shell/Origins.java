package reprise.kernel.shell;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.Snippet;

/** Which cell, and where in it, each snippet was written. */
final class Origins {
  /**
   * @param offset where the snippet's source begins in the text of the cell
   */
  record Origin(Cell cell, int offset) {
    /** The place of an offset into the snippet. */
    Cell.Position position(long inSnippet) {
      return cell.position((int) (offset + inSnippet));
    }

    /** The line of the cell that is this line of the snippet, both from 1. */
    int line(int inSnippet) {
      return cell.position(offset).line() + inSnippet - 1;
    }
  }

  private final Map<String, Origin> bySnippet = new HashMap<>();

  void put(Snippet snippet, Origin origin) {
    bySnippet.put(snippet.id(), origin);
  }

  Optional<Origin> of(String id) {
    return Optional.ofNullable(bySnippet.get(id));
  }
}
