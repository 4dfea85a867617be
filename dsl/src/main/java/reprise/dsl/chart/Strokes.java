package reprise.dsl.chart;

import java.awt.BasicStroke;

/** Line widths and dashes, in proportion to the letters. */
final class Strokes {
  private Strokes() {}

  static BasicStroke of(Layer layer, int letters) {
    float unit = letters / 13f;
    return switch (layer) {
      case Layer.Line l ->
          switch (l.dash()) {
            case SOLID -> solid(1.7f * unit);
            case DASHED -> broken(1.6f * unit, 6 * unit, 4 * unit);
            case DOTTED -> broken(1.6f * unit, 1.6f * unit, 3.2f * unit);
          };
      case Layer.Reference r -> broken(1.1f * unit, 4 * unit, 3 * unit);
      case Layer.Points p -> solid(1.2f * unit);
      case Layer.Shaded s -> solid(.6f * unit);
      case Layer.Band b -> solid(.8f * unit);
      case Layer.Bars b -> solid(.8f * unit);
    };
  }

  static BasicStroke solid(float width) {
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  private static BasicStroke broken(float width, float on, float off) {
    return new BasicStroke(
        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {on, off}, 0);
  }
}
