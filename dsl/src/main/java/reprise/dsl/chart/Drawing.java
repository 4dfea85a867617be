package reprise.dsl.chart;

import org.knowm.xchart.XYChart;

/** A chart that knows what it was made from and can be made again in another look and size. */
public sealed interface Drawing permits PaperChart, PanelChart {
  /** The same in another look. */
  XYChart look(Look look);

  /** The same in another look and size of the whole figure. */
  XYChart look(Look look, FigureSize size);
}
