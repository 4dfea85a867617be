package reprise.dsl.ladder;

import reprise.dsl.density.Placement;
import reprise.dsl.result.RunOutcome.Finished;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Params;

/**
 * A model of a ladder as it was asked, with its place on the ladder of its seed.
 *
 * @param run it came from
 * @param as empty as trained, else the compression's word
 * @param params weights of matrix products that remain
 * @param bytes what they need
 * @param loss mean -ln P of the true words
 * @param score share of right answers
 * @param placement effective size and density
 */
public record Rung(
    Finished<LadderTask> run,
    String as,
    Params params,
    Bytes bytes,
    double loss,
    double score,
    Placement placement) {
  /** Whether it is a reference model as trained. */
  public boolean reference() {
    return run.task().reference() && as.isEmpty();
  }

  /** What sets it apart: compression, recipe, or that it is of the ladder. */
  public String kind() {
    return as.isEmpty() ? run.task().recipe() : as;
  }
}
