package reprise.tensor.ir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Where the levels of compilation are written for people to read.
 *
 * @param levels what to write
 * @param folder one file for each text, or null for standard error
 */
public record Dump(Set<Level> levels, Path folder) {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** What can be dumped. */
  public enum Level {
    /** The program as it was built. */
    IR,
    /** The program after each pass. */
    PASSES,
    /** Offsets, sizes and lifetimes of all values. */
    PLAN,
    /** The instructions of the native interpreter. */
    NATIVE
  }

  public Dump {
    levels = levels.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(levels));
  }

  /** Nothing. */
  public static Dump none() {
    return new Dump(Set.of(), null);
  }

  /**
   * What the property {@code reprise.dump} or the variable {@code REPRISE_DUMP} asks for, such as
   * {@code ir,passes,plan,native} or {@code all}; into the folder named by {@code
   * reprise.dump.folder} or {@code REPRISE_DUMP_FOLDER}, else to standard error.
   */
  public static Dump fromEnvironment() {
    String levels = System.getProperty("reprise.dump", System.getenv("REPRISE_DUMP"));
    String folder = System.getProperty("reprise.dump.folder", System.getenv("REPRISE_DUMP_FOLDER"));
    return parse(levels == null ? "" : levels, folder == null ? "" : folder);
  }

  /**
   * A dump from two texts.
   *
   * @throws IllegalArgumentException naming the levels there are
   */
  public static Dump parse(String levels, String folder) {
    Set<Level> set = EnumSet.noneOf(Level.class);
    for (String word : levels.split(",")) {
      String name = word.strip().toUpperCase(Locale.ROOT);
      if (name.equals("ALL")) {
        set = EnumSet.allOf(Level.class);
      } else if (!name.isEmpty()) {
        set.add(level(name));
      }
    }
    return new Dump(set, folder.isEmpty() ? null : Path.of(folder));
  }

  private static Level level(String name) {
    for (Level l : Level.values()) {
      if (l.name().equals(name)) {
        return l;
      }
    }
    throw new IllegalArgumentException(
        "unknown dump level '"
            + name.toLowerCase(Locale.ROOT)
            + "'; use all or some of "
            + Arrays.toString(Level.values()).toLowerCase(Locale.ROOT));
  }

  /** Writes one text if its level is asked for: {@code 003-decoder-chains.txt}. */
  public void write(Level level, String program, String what, Supplier<String> text) {
    if (!levels.contains(level)) {
      return;
    }
    String name =
        String.format(
            Locale.ROOT, "%03d-%s-%s", NUMBER.incrementAndGet(), program.replace('/', '_'), what);
    if (folder == null) {
      System.err.println("== " + name + "\n" + text.get());
      return;
    }
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name + ".txt"), text.get());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the dump " + name + " into " + folder, e);
    }
  }
}
