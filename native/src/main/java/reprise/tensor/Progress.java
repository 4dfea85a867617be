package reprise.tensor;

/**
 * A look at a session from another thread.
 *
 * @param running whether a run is in progress
 * @param done complete steps of the current or last run
 * @param requested steps it was asked for
 * @param last value of the function's first scalar output after the last complete step; NaN before
 */
public record Progress(boolean running, int done, int requested, double last) {}
