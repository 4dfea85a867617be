package reprise.tensor;

/**
 * How to open a session.
 *
 * @param seed key of every random number in the session
 * @param run run number: a further coordinate of the random counter, for repeated runs of one seed
 * @param threads worker threads inside the session; results are the same bits for every number
 */
public record SessionOptions(long seed, int run, int threads) {
  public SessionOptions {
    if (threads < 1 || threads > 256) {
      throw new IllegalArgumentException("threads must be between 1 and 256, got " + threads);
    }
  }

  /** One thread, run 0. */
  public static SessionOptions seed(long seed) {
    return new SessionOptions(seed, 0, 1);
  }

  /** The same with another run number. */
  public SessionOptions run(int number) {
    return new SessionOptions(seed, number, threads);
  }

  /** The same with another number of threads. */
  public SessionOptions threads(int number) {
    return new SessionOptions(seed, run, number);
  }
}
