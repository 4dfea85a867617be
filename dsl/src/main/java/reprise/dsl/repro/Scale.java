package reprise.dsl.repro;

import java.util.Locale;

/** How much of a paper is replayed; chosen by the user and printed with its cost. */
public enum Scale {
  /** Seconds; what continuous integration runs. */
  SMOKE("seconds"),
  /** Minutes on two cores; what the notebooks show. */
  LAPTOP("minutes on two cores"),
  /** Hours, a GPU or a cluster; the closest to the paper. */
  FULL("hours");

  private final String cost;

  Scale(String cost) {
    this.cost = cost;
  }

  /** The order of magnitude of its cost. */
  public String cost() {
    return cost;
  }

  /** The word on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
