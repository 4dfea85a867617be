package reprise.tensor;

/**
 * How to open a session.
 *
 * @param seed key of every random number in the session
 * @param run run number: a further coordinate of the random counter, for repeated runs of one seed
 * @param threads worker threads inside the session; results are the same bits for every number
 * @param checked whether the values of every node are looked at in every step, so that the first
 *     NaN or infinity stops the run with a message that names step and node: slower, for finding
 *     where a run breaks; scalar outputs are looked at in any case
 */
public record SessionOptions(long seed, int run, int threads, boolean checked) {
  public SessionOptions {
    if (threads < 1 || threads > 256) {
      throw new IllegalArgumentException("threads must be between 1 and 256, got " + threads);
    }
  }

  /** One thread, run 0. */
  public static SessionOptions seed(long seed) {
    return new SessionOptions(seed, 0, 1, false);
  }

  /** The same with another run number. */
  public SessionOptions run(int number) {
    return new SessionOptions(seed, number, threads, checked);
  }

  /** The same with another number of threads. */
  public SessionOptions threads(int number) {
    return new SessionOptions(seed, run, number, checked);
  }

  /** The same with every value looked at. */
  public SessionOptions checkEveryValue() {
    return new SessionOptions(seed, run, threads, true);
  }
}
