package reprise.dsl;

/**
 * A data set that is neither in the data folder nor in the cache and cannot be fetched. The message
 * names the file, its origin and its licence.
 */
public final class DataMissing extends RunFailure {
  private static final long serialVersionUID = 1L;

  public DataMissing(String message) {
    super(message);
  }
}
