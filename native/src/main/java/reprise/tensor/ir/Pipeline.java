package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.List;

/**
 * The passes between a program and what a backend runs, in order; the verifier runs after each.
 *
 * @param passes in order
 */
public record Pipeline(List<Pass> passes) {
  private static final List<Pass> STANDARD =
      List.of(
          new Pass(
              "simplify", "algebra, constants, common subexpressions, unused nodes", Simplify::run),
          new Pass(
              "fuse",
              "products with bias, residual, activation; gradients with the sum they go into",
              (f, states) -> Fusion.fuse(f)),
          new Pass("chains", "element-by-element nodes into one pass over memory", Chains::fuse),
          new Pass("reorder", "an order of execution that needs less memory", Reorder::run));

  public Pipeline {
    passes = List.copyOf(passes);
  }

  /** What backends apply where nothing else is said. */
  public static Pipeline standard() {
    return new Pipeline(STANDARD);
  }

  /** No pass: the program runs as it was written. */
  public static Pipeline none() {
    return new Pipeline(List.of());
  }

  /**
   * The pipeline that a text names: {@code standard}, {@code none}, or {@code standard} without
   * some, as in {@code -chains,-reorder}; an empty text means standard.
   *
   * @throws IllegalArgumentException naming the passes there are
   */
  public static Pipeline parse(String text) {
    Pipeline p = standard();
    for (String word : text.split(",")) {
      switch (word.strip()) {
        case "", "standard" -> {}
        case "none" -> p = none();
        case String w when w.startsWith("-") -> p = p.without(w.substring(1));
        case String w -> throw unknown(w);
      }
    }
    return p;
  }

  /** The pipeline of the property {@code reprise.passes} or the variable {@code REPRISE_PASSES}. */
  public static Pipeline fromEnvironment() {
    String text = System.getProperty("reprise.passes", System.getenv("REPRISE_PASSES"));
    return parse(text == null ? "" : text);
  }

  /** The same without one pass. */
  public Pipeline without(String name) {
    List<Pass> rest = new ArrayList<>(passes);
    if (!rest.removeIf(p -> p.name().equals(name))) {
      throw unknown(name);
    }
    return new Pipeline(rest);
  }

  /** The same with one more pass at the end. */
  public Pipeline with(Pass pass) {
    List<Pass> more = new ArrayList<>(passes);
    more.add(pass);
    return new Pipeline(more);
  }

  /** Applies all passes, and dumps what {@link Dump#fromEnvironment} asks for. */
  public Program compile(Program p) {
    return compile(p, Dump.fromEnvironment());
  }

  /** Applies all passes and dumps the program before, after each pass, and its memory plan. */
  public Program compile(Program p, Dump dump) {
    dump.write(Dump.Level.IR, p.name(), "program", p::toString);
    Program now = p;
    for (Pass pass : passes) {
      Program next = pass.apply(now);
      dump.write(Dump.Level.PASSES, p.name(), pass.name(), next::toString);
      now = next;
    }
    Program last = now;
    dump.write(Dump.Level.PLAN, p.name(), "plan", () -> MemoryTable.of(last));
    return now;
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "unknown pass '"
            + name
            + "'; use standard, none, or - before one of "
            + STANDARD.stream().map(Pass::name).toList());
  }

  @Override
  public String toString() {
    StringBuilder s = new StringBuilder();
    for (Pass p : passes) {
      s.append(String.format(java.util.Locale.ROOT, "%-10s %s%n", p.name(), p.purpose()));
    }
    return s.toString();
  }
}
