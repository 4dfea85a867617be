package reprise.kernel.display;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What a cell calls to show something before its end; imported statically in every notebook.
 *
 * <pre>{@code
 * var id = display("0 %");
 * updateDisplay(id, "50 %");
 * display(html("<b>done</b>"));
 * }</pre>
 */
public final class Display {
  private static volatile DisplaySink sink = DisplaySink.console();

  /** What display returned last: as the value of a cell it is not worth showing. */
  private static volatile String lastId;

  private Display() {}

  /** Sends what is shown to another place; returns the place before. */
  public static DisplaySink sendTo(DisplaySink next) {
    var before = sink;
    sink = Objects.requireNonNull(next);
    return before;
  }

  /**
   * Shows a value now and returns the id for {@link #updateDisplay}.
   *
   * @param types if given, only these MIME types (and plain text) are sent
   */
  public static String display(Object value, String... types) {
    var id = UUID.randomUUID().toString();
    sink.show(render(value, types), id);
    lastId = id;
    return id;
  }

  /** Whether this is the id that {@link #display} has just returned. */
  @SuppressWarnings("ReferenceEquality")
  public static boolean isLastId(Object value) {
    return value != null && value == lastId;
  }

  /** Shows another value in the place of the one displayed under this id. */
  public static void updateDisplay(String id, Object value, String... types) {
    sink.update(render(value, types), Objects.requireNonNull(id, "no display id"));
  }

  /** The value as it would be shown, without showing it. */
  public static MimeBundle render(Object value, String... types) {
    var bundle = Renderers.render(value);
    return types.length == 0 ? bundle : bundle.only(List.of(types));
  }

  /** Clears the cell's output now. */
  public static void clearOutput() {
    clearOutput(false);
  }

  /** Clears the cell's output, at once or when the next output arrives. */
  public static void clearOutput(boolean wait) {
    sink.clear(wait);
  }

  /** HTML to show. */
  public static MimeBundle html(String html) {
    return MimeBundle.text(html).html(html);
  }

  /** Markdown to show. */
  public static MimeBundle markdown(String markdown) {
    return MimeBundle.text(markdown).markdown(markdown);
  }

  /** A formula; put it between dollar signs, or it gets them. */
  public static MimeBundle latex(String formula) {
    var trimmed = formula.strip();
    boolean delimited = trimmed.startsWith("$") || trimmed.startsWith("\\begin");
    return MimeBundle.text(formula).latex(delimited ? trimmed : "$$" + trimmed + "$$");
  }

  /** A drawing to show. */
  public static MimeBundle svg(String svg) {
    return MimeBundle.text("SVG, " + svg.length() + " characters").svg(svg);
  }

  /** A PNG picture to show. */
  public static MimeBundle png(byte[] bytes) {
    return MimeBundle.text("PNG, " + bytes.length + " bytes").png(bytes);
  }
}
