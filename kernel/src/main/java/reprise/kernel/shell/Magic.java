package reprise.kernel.shell;

import java.util.List;

/**
 * A command of a cell: {@code %name arguments} on a line of its own, or {@code %%name arguments}
 * with the rest of the cell as its body. Found by {@link java.util.ServiceLoader}: name the class
 * in {@code META-INF/services/reprise.kernel.shell.Magic}.
 */
public interface Magic {
  /** The names it answers to, the usual one first, without the percent sign. */
  List<String> names();

  /** One line: what to write after it and what it does. */
  String help();

  /** Runs on the thread of the cell. The value is shown, or assigned; null for nothing. */
  Object run(Call call) throws Exception;

  /**
   * What was written.
   *
   * @param name the name used
   * @param rest what stands behind it on the line
   * @param body the lines below {@code %%name}; null for {@code %name}
   */
  record Call(Shell shell, String name, String rest, String body) {
    /** The words behind the name; "double quotes" keep spaces. */
    public List<String> words() {
      return java.util.regex.Pattern.compile("\"([^\"]*)\"|(\\S+)")
          .matcher(rest)
          .results()
          .map(m -> m.group(1) != null ? m.group(1) : m.group(2))
          .toList();
    }

    /** A mistake of the writer, shown without a stack trace. */
    public MagicError error(String message) {
      return new MagicError((body == null ? "%" : "%%") + name + ": " + message);
    }
  }

  /** Thrown for what the writer of the cell can repair. */
  final class MagicError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MagicError(String message) {
      super(message);
    }

    public MagicError(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
