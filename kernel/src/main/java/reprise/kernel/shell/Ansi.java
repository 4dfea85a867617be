package reprise.kernel.shell;

/** The few colours that errors use; every front end of Jupyter and every terminal knows them. */
final class Ansi {
  private static final String ESC = "\u001b[";

  private Ansi() {}

  static String red(String text) {
    return wrap("1;31m", text);
  }

  static String bold(String text) {
    return wrap("1m", text);
  }

  static String blue(String text) {
    return wrap("34m", text);
  }

  static String dim(String text) {
    return wrap("2m", text);
  }

  /** The text without any colour. */
  static String plain(String text) {
    return text.replaceAll("\u001b\\[[0-9;]*m", "");
  }

  private static String wrap(String code, String text) {
    return text.isEmpty() ? "" : ESC + code + text + ESC + "0m";
  }
}
