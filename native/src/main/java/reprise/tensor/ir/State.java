package reprise.tensor.ir;

/** A tensor that lives as long as a session and is shared by the functions of a program. */
public record State(String name, TensorType type, Kind kind) {
  /** What a state tensor is for; decides what digests and checkpoints contain. */
  public enum Kind {
    /** Trained weights: what {@code Session.digest()} covers. */
    PARAMETER,
    /** Optimiser moments. */
    OPTIMISER,
    /** Running statistics, such as those of batch normalisation. */
    STATISTIC,
    /** Step counters and other small progress. */
    COUNTER,
    /**
     * What distinguishes one run from another: learning rate, weight decay, share of noisy labels.
     * Written from outside or by a function that sets defaults; a member of a group has its own.
     */
    SETTING,
    /** Written from outside before a run: token buffers, tables. Never updated by a function. */
    DATA
  }

  public State {
    Names.require(name, "state");
  }
}
