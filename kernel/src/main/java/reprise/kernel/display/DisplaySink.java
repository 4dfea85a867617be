package reprise.kernel.display;

/** Where shown values go: the notebook's kernel, or the {@link #console} where there is none. */
public interface DisplaySink {

  /** Shows a bundle that {@link #update} can find again by its id. */
  void show(MimeBundle bundle, String id);

  /** Replaces what was shown under the id, wherever it stands. */
  void update(MimeBundle bundle, String id);

  /**
   * Clears the output of the running cell.
   *
   * @param wait not now but when the next output arrives, which avoids flicker
   */
  void clear(boolean wait);

  /** Prints the plain text to standard output; an update prints again, a clear does nothing. */
  static DisplaySink console() {
    return new DisplaySink() {
      @Override
      public void show(MimeBundle bundle, String id) {
        System.out.println(bundle.plain());
      }

      @Override
      public void update(MimeBundle bundle, String id) {
        System.out.println(bundle.plain());
      }

      @Override
      public void clear(boolean wait) {
        // A console keeps its lines.
      }
    };
  }
}
