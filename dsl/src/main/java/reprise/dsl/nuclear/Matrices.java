package reprise.dsl.nuclear;

import reprise.dsl.data.Corpus;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Tokens;

/** Where matrices [rows, columns] come from. */
public sealed interface Matrices {
  /**
   * Independent normal numbers, as many rows as columns.
   *
   * @param size rows, and columns
   */
  record Gaussian(int size) implements Matrices {
    public Gaussian {
      Checks.positive("size", size, "rows");
    }
  }

  /**
   * A normal matrix [rows, rank] times a normal matrix [rank, columns].
   *
   * @param rows of the product
   * @param columns of the product
   * @param rank of the product
   */
  record Product(int rows, int columns, int rank) implements Matrices {
    public Product {
      Checks.positive("rows", rows, "rows");
      Checks.positive("columns", columns, "columns");
      if (rank < 1 || rank > Math.min(rows, columns)) {
        throw new IllegalArgumentException(
            "rank must be between 1 and " + Math.min(rows, columns) + ", got " + rank);
      }
    }
  }

  /**
   * Final hidden states of decoders on held-out tokens, before training and at checkpoints.
   *
   * @param family decoders, one a width
   * @param corpus what they are trained on
   * @param tokens D of each
   */
  record HiddenStates(DecoderFamily family, Corpus corpus, Tokens tokens) implements Matrices {
    public HiddenStates {
      Checks.present("family", family);
      Checks.present("corpus", corpus);
      Checks.present("tokens", tokens);
    }
  }
}
