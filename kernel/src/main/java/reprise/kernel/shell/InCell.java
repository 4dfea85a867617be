package reprise.kernel.shell;

import java.util.NoSuchElementException;

/** Functions for cells, imported statically in every shell. */
public final class InCell {
  private static volatile Shell current;

  private InCell() {}

  static void use(Shell shell) {
    current = shell;
  }

  /** The shell this code runs in. */
  public static Shell shell() {
    var shell = current;
    if (shell == null) {
      throw new NoSuchElementException("no shell is running; call Shell.open() first");
    }
    return shell;
  }

  /**
   * Evaluates Java and returns the value of its last expression, null if it has none.
   *
   * @throws EvalFailure if it does not compile or throws
   */
  public static Object eval(String text) {
    return switch (shell().eval(new Cell("eval", text))) {
      case Outcome.Value(var value) -> value;
      case Outcome.Done d -> null;
      case Outcome.Failed(var failure) -> throw new EvalFailure(failure);
      case Outcome.Stopped(var failure) -> throw new EvalFailure(failure);
    };
  }

  /** Runs a magic by name; what {@code x = %name rest} in a cell becomes. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <T> T magic(String name, String rest) throws Exception {
    return (T) shell().magics().run(new Magic.Call(shell(), name, rest, null));
  }

  /** What {@link #eval} throws. */
  public static final class EvalFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EvalFailure(Failure failure) {
      super(failure.text(), failure.thrown().orElse(null));
    }
  }
}
