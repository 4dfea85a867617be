package reprise.dsl.chart;

import java.awt.Color;
import java.util.List;

/** Light for paper, dark for dark pages. Colours are told apart by colour-blind readers too. */
public enum Look {
  /** White ground; the palette of Okabe and Ito (2008), its yellow left out. */
  LIGHT(
      "#ffffff",
      "#1f2328",
      "#59636e",
      "#e4e7eb",
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#aa4499", "#e69f00", "#56b4e9", "#6b7280", "#8b4513"),
      List.of("#440154", "#443983", "#31688e", "#21918c", "#35b779", "#8fbf2f", "#d0b500")),
  /** The same hues, lighter, on a dark ground. */
  DARK(
      "#16191d",
      "#e6e9ed",
      "#9aa4af",
      "#2c3137",
      List.of(
          "#4fa9e8", "#ff8f4f", "#3fcfa3", "#dd8fd0", "#f2bb45", "#8fd0f5", "#a3abb5", "#c98d5f"),
      List.of("#8a63d2", "#6f7fd8", "#5a9fd4", "#45b8b0", "#62cf86", "#a8dc5a", "#f0e04a"));

  private final Color ground;
  private final Color ink;
  private final Color muted;
  private final Color grid;
  private final List<Color> palette;
  private final List<Color> ramp;

  Look(String ground, String ink, String muted, String grid, List<String> hues, List<String> ramp) {
    this.ground = Color.decode(ground);
    this.ink = Color.decode(ink);
    this.muted = Color.decode(muted);
    this.grid = Color.decode(grid);
    this.palette = hues.stream().map(Color::decode).toList();
    this.ramp = ramp.stream().map(Color::decode).toList();
  }

  /** The background. */
  public Color ground() {
    return ground;
  }

  /** Text and axes. */
  public Color ink() {
    return ink;
  }

  /** References and minor text. */
  public Color muted() {
    return muted;
  }

  /** Grid lines. */
  public Color grid() {
    return grid;
  }

  /** The hues of series. */
  public List<Color> palette() {
    return palette;
  }

  /** The colour of a share from 0 to 1 of the ramp, between its anchors linearly. */
  public Color ramp(double share) {
    double place = Math.clamp(share, 0, 1) * (ramp.size() - 1);
    int below = Math.min((int) place, ramp.size() - 2);
    double part = place - below;
    Color a = ramp.get(below);
    Color b = ramp.get(below + 1);
    return new Color(
        mix(a.getRed(), b.getRed(), part),
        mix(a.getGreen(), b.getGreen(), part),
        mix(a.getBlue(), b.getBlue(), part));
  }

  private static int mix(int a, int b, double part) {
    return (int) Math.round(a + (b - a) * part);
  }
}
