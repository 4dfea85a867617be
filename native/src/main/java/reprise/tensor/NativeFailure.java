package reprise.tensor;

/** A backend could not do what it was asked; the message names the operation and its shapes. */
public final class NativeFailure extends RuntimeException {
  public NativeFailure(String message) {
    super(message);
  }

  public NativeFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
