package reprise.tensor;

import reprise.tensor.ir.Program;

/**
 * A program with its own state, ready to run. Used from one thread at a time, except {@link
 * #progress} and {@link #cancel}. Same program, seed and run number give the same bits, in one run
 * of many steps or many of one, and after {@link #export} and {@link #restore}.
 */
public interface Session extends AutoCloseable {
  /** What runs. */
  Program program();

  /** What computes it. */
  BackendInfo backend();

  /** How it was opened. */
  SessionOptions options();

  /** Runs a function for some steps and stops at NaN and infinity. */
  default RunReport run(String function, int steps) {
    return run(function, steps, RunControl.DEFAULT);
  }

  /**
   * Runs a function for some steps, in one call of the backend.
   *
   * @throws NativeFailure if a step cannot be computed, for example an index outside its table
   */
  RunReport run(String function, int steps, RunControl control);

  /** Where the current or last run stands; callable from any thread. */
  Progress progress();

  /** Ends the current run after the step at hand or, if none runs, the next before its first. */
  void cancel();

  /** A copy of an f32 state tensor. */
  float[] read(String state);

  /** A copy of an i32 state tensor. */
  int[] readInts(String state);

  /** Replaces an f32 state tensor. */
  void write(String state, float[] values);

  /** Replaces an i32 state tensor. */
  void write(String state, int[] values);

  /** A copy of an f32 output of the function that ran last, as of its last step. */
  float[] output(String function, String output);

  /** SHA-256 in hex over names and f32 bits of all parameters. */
  String digest();

  /** All state but data, as named arrays. */
  Checkpoint export();

  /** Restores what {@link #export} gave; every array must fit a state tensor of that name. */
  void restore(Checkpoint checkpoint);

  /** Frees all memory of the session; waits for a run in progress. */
  @Override
  void close();
}
