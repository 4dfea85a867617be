package reprise.dsl.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.knowm.xchart.XYChart;

/** Small multiples as one XChart chart, which paints its plots side by side. */
public final class PanelChart extends XYChart implements Drawing {
  private final transient Panels panels;
  private final transient List<PaperChart> charts;

  private PanelChart(Panels panels) {
    super(panels.columns() * panels.panel().width(), panels.rows() * panels.panel().height());
    this.panels = panels;
    this.charts =
        panels.plots().stream()
            .map(plot -> PaperChart.of(plot.look(panels.look()).size(panels.panel())))
            .toList();
  }

  static PanelChart of(Panels panels) {
    return new PanelChart(panels);
  }

  /** The description it was made from. */
  public Panels panels() {
    return panels;
  }

  @Override
  public XYChart look(Look look) {
    return panels.look(look).chart();
  }

  @Override
  public XYChart look(Look look, FigureSize size) {
    return panels.look(look).size(size).chart();
  }

  @Override
  public void paint(Graphics2D g, int width, int height) {
    int across = panels.panel().width();
    int down = panels.panel().height();
    g.setColor(panels.look().ground());
    g.fill(new Rectangle2D.Double(0, 0, width, height));
    for (int i = 0; i < charts.size(); i++) {
      Graphics2D own = (Graphics2D) g.create();
      try {
        own.translate(i % panels.columns() * across, i / panels.columns() * down);
        charts.get(i).paint(own, across, down);
      } finally {
        own.dispose();
      }
    }
  }
}
