package reprise.dsl.ladder;

import reprise.dsl.knowledge.Precision;
import reprise.dsl.model.Decoder;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Counting;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Params;

/** How the weights of a trained model are made smaller; nothing is trained afterwards. */
public sealed interface Compression {
  /** In frames, and the stage of its readings. */
  String word();

  /** Weights of matrix products that remain. */
  Params remaining(Decoder model);

  /** What these weights need; places of weights that are gone are not counted. */
  Bytes bytes(Decoder model);

  /**
   * The share of weights of least magnitude is set to zero, in each matrix and the head.
   *
   * @param share between 0 and 1
   */
  record Pruned(double share) implements Compression {
    public Pruned {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException(
            "a pruned share lies between 0 and 1, got " + share + "; divide percent by 100");
      }
    }

    @Override
    public String word() {
      return "pruned " + Numbers.significant(100 * share, 3) + " %";
    }

    @Override
    public Params remaining(Decoder model) {
      return new Params((1 - share) * model.params(Counting.MATRIX).count(), Counting.MATRIX);
    }

    @Override
    public Bytes bytes(Decoder model) {
      return new Bytes(Math.round(4 * remaining(model).count()));
    }
  }

  /**
   * Matrices and head are rounded to the nearest of few bits, one scale for each output.
   *
   * @param precision 8 or 4 bits
   */
  record Rounded(Precision precision) implements Compression {
    public Rounded {
      Checks.present("precision", precision);
      if (precision != Precision.INT8 && precision != Precision.INT4) {
        throw new IllegalArgumentException(
            "a ladder reads models rounded to the nearest: INT8 or INT4, got " + precision);
      }
    }

    @Override
    public String word() {
      return precision.word();
    }

    @Override
    public Params remaining(Decoder model) {
      return model.params(Counting.MATRIX);
    }

    @Override
    public Bytes bytes(Decoder model) {
      return new Bytes(Math.round(model.params(Counting.MATRIX).count() * precision.bits() / 8));
    }
  }
}
