package reprise.dsl.chart;

/** The colour of a layer by its meaning; the look of the plot turns it into a colour. */
public sealed interface Ink {
  /** The next colour of the palette; layers of one name share it. */
  record Auto() implements Ink {}

  /**
   * A colour of the palette.
   *
   * @param index from 0; the palette repeats
   */
  record Slot(int index) implements Ink {}

  /**
   * The colour of a third quantity, such as the model size, on the plot's colour ramp.
   *
   * @param value on the ramp's axis
   */
  record At(double value) implements Ink {}

  /** The colour of text: fits and frontiers over coloured data. */
  record Strong() implements Ink {}

  /** Grey: references and things to compare with. */
  record Muted() implements Ink {}

  Ink AUTO = new Auto();
  Ink STRONG = new Strong();
  Ink MUTED = new Muted();

  static Ink slot(int index) {
    return new Slot(index);
  }

  static Ink at(double value) {
    return new At(value);
  }
}
