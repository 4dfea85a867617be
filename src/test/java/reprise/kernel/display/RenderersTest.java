package reprise.kernel.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RenderersTest {
  record Point(int x, int y) {}

  record Boom() {
    @Override
    public String toString() {
      throw new IllegalStateException("no text");
    }
  }

  @Test
  void stringsAreShownWithoutQuotes() {
    assertThat(Renderers.render("a\tb").plain()).isEqualTo("a\tb");
    assertThat(Renderers.render(null).plain()).isEqualTo("null");
    assertThat(Renderers.render(new Point(1, 2)).plain()).isEqualTo("Point[x=1, y=2]");
  }

  @Test
  void collectionsAndArraysAreBounded() {
    var list = IntStream.range(0, 1000).boxed().toList();
    assertThat(Renderers.render(list).plain()).endsWith("199, ... 800 more]");
    assertThat(Renderers.render(new double[] {1, 2.5}).plain()).isEqualTo("double[2] { 1.0, 2.5 }");
    assertThat(Renderers.render(new int[][] {{1}, {2, 3}}).plain())
        .isEqualTo("int[][2] { int[1] { 1 }, int[2] { 2, 3 } }");
    var map = new LinkedHashMap<String, Object>();
    map.put("a", List.of(1));
    map.put("self", map);
    assertThat(Renderers.render(map).plain()).startsWith("{a=[1], self={a=[1], self=");
  }

  @Test
  void aBrokenToStringIsReportedNotThrown() {
    assertThat(Renderers.render(List.of(new Boom())).plain())
        .isEqualTo(
            "[reprise.kernel.display.RenderersTest$Boom whose toString() threw"
                + " java.lang.IllegalStateException: no text]");
  }

  @Test
  void picturesBecomePng() {
    var bundle = Renderers.render(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB));
    assertThat(bundle.types()).containsExactly("text/plain", "image/png");
    assertThat(bundle.plain()).isEqualTo("picture of 3 x 2");
    assertThat(bundle.bytes("image/png").orElseThrow()).startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void theRendererRegisteredLastWinsAndAFailingOneIsNamed() {
    record Mine(int n) {}
    Renderers.register(Mine.class, m -> MimeBundle.text("old " + m.n()));
    Renderers.register(Mine.class, m -> MimeBundle.text("new " + m.n()).html("<b>7</b>"));
    assertThat(Renderers.render(new Mine(7)).plain()).isEqualTo("new 7");
    assertThat(Renderers.render(new Mine(7)).string("text/html")).contains("<b>7</b>");
    Renderers.register(
        Mine.class,
        m -> {
          throw new IllegalArgumentException("bad " + m.n());
        });
    assertThat(Renderers.render(new Mine(7)).plain())
        .contains("could not be shown: ", "threw java.lang.IllegalArgumentException: bad 7");
  }

  @Test
  void aBundleHasPlainTextAndNoTypeTwice() {
    var bundle = MimeBundle.text("t").html("<i>a</i>").html("<i>b</i>").png(new byte[] {1}, 4, 5);
    assertThat(bundle.types()).containsExactly("text/plain", "text/html", "image/png");
    assertThat(bundle.string("text/html")).contains("<i>b</i>");
    assertThat(bundle.only(List.of("image/png")).types())
        .containsExactly("text/plain", "image/png");
    assertThatThrownBy(() -> new MimeBundle(List.of(new MimeBundle.Text("text/html", "x"))))
        .hasMessage("a bundle starts with its plain text; begin with MimeBundle.text(..)");
    assertThatThrownBy(() -> MimeBundle.text("t").with("html", "x"))
        .hasMessage("'html' is not a MIME type; write for example text/html or image/png");
  }

  @Test
  void wrappersCarryTheirType() {
    assertThat(Display.latex("x^2").string("text/latex")).contains("$$x^2$$");
    assertThat(Display.latex("$x$").string("text/latex")).contains("$x$");
    assertThat(Display.markdown("*a*").string("text/markdown")).contains("*a*");
    assertThat(Display.render(Map.of("k", 1), "text/html").types()).containsExactly("text/plain");
  }
}
