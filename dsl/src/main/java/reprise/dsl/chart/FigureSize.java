package reprise.dsl.chart;

/**
 * The size of a figure in pixels at 96 a inch, and its letters.
 *
 * @param width of the whole figure
 * @param height of the whole figure
 * @param letters height of the letters in pixels
 */
public record FigureSize(int width, int height, int letters) {
  /** One column of a paper, 3.4 inches wide; letters of 8 points. */
  public static final FigureSize COLUMN = new FigureSize(326, 240, 11);

  /** A notebook cell or a report. */
  public static final FigureSize NOTEBOOK = new FigureSize(660, 420, 13);

  public FigureSize {
    if (width < 160 || height < 120 || letters < 6) {
      throw new IllegalArgumentException(
          "a figure needs at least 160 x 120 pixels and letters of 6, got "
              + width
              + " x "
              + height
              + " and "
              + letters);
    }
  }
}
