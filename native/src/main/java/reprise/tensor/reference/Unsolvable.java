package reprise.tensor.reference;

/** A matrix that cannot be factored or solved with. */
final class Unsolvable extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unsolvable(String message) {
    super(message);
  }
}
