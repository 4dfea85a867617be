package reprise.kernel.display;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;

/** The renderers there are, and which of them shows a value. */
public final class Renderers {
  /** Highest priority first; among equals the one registered last. */
  private static volatile List<Renderer> known;

  private Renderers() {}

  /** Adds a renderer for this JVM, before others of its priority. */
  public static synchronized void register(Renderer renderer) {
    var next = new ArrayList<Renderer>();
    next.add(renderer);
    next.addAll(known());
    known = sorted(next);
  }

  /** Adds a renderer for one type: {@code register(Point.class, p -> MimeBundle.text(..))}. */
  public static <T> void register(Class<T> type, Function<? super T, MimeBundle> render) {
    register(
        new Renderer() {
          @Override
          public boolean accepts(Object value) {
            return type.isInstance(value);
          }

          @Override
          public MimeBundle render(Object value) {
            return render.apply(type.cast(value));
          }
        });
  }

  /**
   * The value in every form its renderer knows. A renderer that throws does not take the value
   * away: the plain text says which one failed and how.
   */
  public static MimeBundle render(Object value) {
    if (value == null) {
      return MimeBundle.text("null");
    }
    if (value instanceof MimeBundle bundle) {
      return bundle;
    }
    for (var renderer : known()) {
      if (renderer.accepts(value)) {
        try {
          return renderer.render(value);
        } catch (RuntimeException | StackOverflowError e) {
          return PlainText.failed(renderer.getClass(), value, e);
        }
      }
    }
    return MimeBundle.text(PlainText.of(value));
  }

  private static List<Renderer> known() {
    var renderers = known;
    return renderers == null ? load() : renderers;
  }

  private static synchronized List<Renderer> load() {
    if (known == null) {
      var found = new ArrayList<Renderer>();
      found.add(new Pictures());
      var services = ServiceLoader.load(Renderer.class, Renderer.class.getClassLoader()).iterator();
      while (true) {
        try {
          if (!services.hasNext()) {
            break;
          }
          found.add(services.next());
        } catch (ServiceConfigurationError e) {
          System.err.println(
              "A renderer could not be loaded and is left out: "
                  + e.getMessage()
                  + ". Check META-INF/services/"
                  + Renderer.class.getName()
                  + ".");
        }
      }
      known = sorted(found);
    }
    return known;
  }

  private static List<Renderer> sorted(List<Renderer> renderers) {
    return renderers.stream()
        .sorted(Comparator.comparingInt(Renderer::priority).reversed())
        .toList();
  }
}
