package reprise.dsl.result;

import reprise.dsl.unit.Checks;

/**
 * Something that is measured on a run besides its loss. A family declares its measures as
 * constants; name and unit identify one in the store.
 *
 * @param name the field's standard term, such as {@code type-token ratio}
 * @param unit such as {@code nats} or {@code share}; empty for a pure number
 */
public record Measure(String name, String unit) {
  public Measure {
    Checks.text("measure", name);
    Checks.present("unit of " + name, unit);
  }

  /** Heading of a column: name and unit. */
  public String heading() {
    return unit.isEmpty() ? name : name + " " + unit;
  }

  @Override
  public String toString() {
    return heading();
  }
}
