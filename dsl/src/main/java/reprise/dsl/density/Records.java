package reprise.dsl.density;

/** Which models make the envelope of density over time. */
public enum Records {
  /** A model that is denser than all before it and, of the same day, than those counted so far. */
  EVERY("every record"),

  /** The densest model of a day, if it is denser than all before. */
  ONE_A_DAY("one record a day");

  private final String text;

  Records(String text) {
    this.text = text;
  }

  /** For plans and tables. */
  public String text() {
    return text;
  }
}
