package reprise.kernel.display;

/**
 * Shows values of some kind. Found by {@link java.util.ServiceLoader}: name the class in {@code
 * META-INF/services/reprise.kernel.display.Renderer}; or {@link Renderers#register} it from a cell.
 *
 * <p>A renderer is asked on the thread of the cell and must not print.
 */
public interface Renderer {

  /** Whether this renderer knows how to show the value; never called with null. */
  boolean accepts(Object value);

  /** The value in every form worth having; plain text is always one of them. */
  MimeBundle render(Object value);

  /**
   * Of several renderers that accept a value the one with the highest priority is asked; on a tie
   * the one registered last. The built-in ones have {@link #BUILT_IN}.
   */
  default int priority() {
    return 0;
  }

  /** The priority of the renderers that come with this package. */
  int BUILT_IN = -100;
}
