package reprise.dsl.head;

import java.util.List;
import reprise.dsl.unit.Symbols;
import reprise.dsl.unit.Tokens;
import reprise.dsl.unit.Width;

/**
 * A study of filtered gradients that still needs its training: continue with {@link #updates}.
 *
 * @param vocabulary of source and model
 * @param width of embedding and head
 * @param batch tokens of an update
 */
public record NeedsUpdates(Symbols vocabulary, Width width, Tokens batch) {
  /**
   * Two ways to train: from scratch with the filter, as many updates as {@code first} says; and as
   * many without it, then {@code second} updates with it on a source of which half has changed.
   */
  public FilterStudy updates(int first, int second) {
    return new FilterStudy(this, first, second, List.of(Filter.NONE, Filter.SORTED), 3);
  }
}
