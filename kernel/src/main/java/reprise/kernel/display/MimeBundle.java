package reprise.kernel.display;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One value in several forms, each under its MIME type; the front end takes the richest it can
 * show. Immutable; plain text is always there.
 *
 * <pre>{@code
 * MimeBundle.text("loss 3.21").html("<b>loss</b> 3.21");
 * MimeBundle.text("XYChart").png(bytes, 640, 400);
 * }</pre>
 *
 * @param parts the forms, plain text first, no MIME type twice
 */
public record MimeBundle(List<Part> parts) {
  public static final String PLAIN = "text/plain";
  public static final String HTML = "text/html";
  public static final String MARKDOWN = "text/markdown";
  public static final String LATEX = "text/latex";
  public static final String SVG = "image/svg+xml";
  public static final String PNG = "image/png";
  public static final String JPEG = "image/jpeg";
  public static final String JSON = "application/json";

  /** One form of the value. */
  public sealed interface Part {
    /** The MIME type. */
    String type();
  }

  /** A form that is text; for a JSON type the text is a JSON document. */
  public record Text(String type, String text) implements Part {
    public Text {
      checkType(type);
      Objects.requireNonNull(text, () -> "no text for " + type);
    }
  }

  /**
   * A form that is bytes.
   *
   * @param width the width to show it at, in CSS pixels; 0 leaves it to the front end
   * @param height likewise
   */
  public record Binary(String type, byte[] bytes, int width, int height) implements Part {
    public Binary {
      checkType(type);
      bytes = bytes.clone();
      if (width < 0 || height < 0) {
        throw new IllegalArgumentException(
            "size of " + type + " is " + width + " x " + height + "; give 0 for its natural size");
      }
    }

    @Override
    public byte[] bytes() {
      return bytes.clone();
    }

    /** The bytes as the notebook format stores them. */
    public String base64() {
      return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
      return type + " of " + bytes.length + " bytes";
    }
  }

  public MimeBundle {
    parts = List.copyOf(parts);
    if (parts.isEmpty() || !parts.getFirst().type().equals(PLAIN)) {
      throw new IllegalArgumentException(
          "a bundle starts with its plain text; begin with MimeBundle.text(..)");
    }
    long types = parts.stream().map(Part::type).distinct().count();
    if (types != parts.size()) {
      throw new IllegalArgumentException("a MIME type stands twice in " + types(parts));
    }
  }

  /** A bundle of plain text only. */
  public static MimeBundle text(String plain) {
    return new MimeBundle(List.of(new Text(PLAIN, plain)));
  }

  public MimeBundle html(String html) {
    return with(HTML, html);
  }

  public MimeBundle markdown(String markdown) {
    return with(MARKDOWN, markdown);
  }

  public MimeBundle latex(String latex) {
    return with(LATEX, latex);
  }

  public MimeBundle svg(String svg) {
    return with(SVG, svg);
  }

  /** Adds a PNG at its natural size. */
  public MimeBundle png(byte[] bytes) {
    return png(bytes, 0, 0);
  }

  /** Adds a PNG to be shown at this size: half its pixels for a chart drawn at 2x. */
  public MimeBundle png(byte[] bytes, int width, int height) {
    return with(new Binary(PNG, bytes, width, height));
  }

  /** Adds a text form, in the place of an earlier one of the same type. */
  public MimeBundle with(String type, String text) {
    return with(new Text(type, text));
  }

  /** Adds a form, in the place of an earlier one of the same type. */
  public MimeBundle with(Part part) {
    var next = new ArrayList<>(parts);
    for (int i = 0; i < next.size(); i++) {
      if (next.get(i).type().equals(part.type())) {
        next.set(i, part);
        return new MimeBundle(next);
      }
    }
    next.add(part);
    return new MimeBundle(next);
  }

  /** Only the plain text and the forms of these types, as {@code display(x, "text/html")} asks. */
  public MimeBundle only(List<String> types) {
    return new MimeBundle(
        parts.stream().filter(p -> p.type().equals(PLAIN) || types.contains(p.type())).toList());
  }

  /** The plain text. */
  public String plain() {
    return string(PLAIN).orElseThrow();
  }

  /** The MIME types, plain text first. */
  public List<String> types() {
    return types(parts);
  }

  /** The text under this type; empty where there is none, or bytes. */
  public Optional<String> string(String type) {
    return parts.stream()
        .filter(p -> p.type().equals(type))
        .flatMap(p -> p instanceof Text t ? Optional.of(t.text()).stream() : null)
        .findFirst();
  }

  /** The bytes under this type; empty where there are none, or text. */
  public Optional<byte[]> bytes(String type) {
    return parts.stream()
        .filter(p -> p.type().equals(type))
        .flatMap(p -> p instanceof Binary b ? Optional.of(b.bytes()).stream() : null)
        .findFirst();
  }

  @Override
  public String toString() {
    return plain();
  }

  private static List<String> types(List<Part> parts) {
    return parts.stream().map(Part::type).toList();
  }

  private static void checkType(String type) {
    if (!type.matches("[a-z]+/[A-Za-z0-9.+-]+")) {
      throw new IllegalArgumentException(
          "'" + type + "' is not a MIME type; write for example text/html or image/png");
    }
  }
}
