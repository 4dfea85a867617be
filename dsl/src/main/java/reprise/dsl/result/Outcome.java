package reprise.dsl.result;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;

/**
 * All that came out of a plan.
 *
 * @param plan what was done
 * @param runs one outcome a run, in the plan's order
 * @param findings one a analysis that could be made
 * @param entropyRates known entropy of each corpus that has one
 * @param record where the numbers come from
 */
public record Outcome(
    Plan plan,
    List<RunOutcome> runs,
    List<Finding> findings,
    List<EntropyRate> entropyRates,
    Provenance record) {
  public Outcome {
    runs = List.copyOf(runs);
    findings = List.copyOf(findings);
    entropyRates = List.copyOf(entropyRates);
  }

  /**
   * The entropy rate of a source.
   *
   * @param corpus its label
   * @param nats per token
   */
  public record EntropyRate(String corpus, double nats) {}

  /** The runs of one kind that came to their last step. */
  public <T extends Task> List<RunOutcome.Finished<T>> finished(Class<T> kind) {
    return RunOutcome.finished(runs, kind);
  }

  /** The runs that a rule ended before their last step, each with its reason. */
  public List<RunOutcome.Stopped> stopped() {
    return runs.stream()
        .filter(RunOutcome.Stopped.class::isInstance)
        .map(RunOutcome.Stopped.class::cast)
        .toList();
  }

  /** The runs that failed, each with its reason. */
  public List<RunOutcome.Failed> failed() {
    return runs.stream()
        .filter(RunOutcome.Failed.class::isInstance)
        .map(RunOutcome.Failed.class::cast)
        .toList();
  }

  /**
   * The fitted law of that task.
   *
   * @throws RunFailure when the plan has no such analysis
   */
  public Finding.FittedLaw fit(String id) {
    return finding(id, Finding.FittedLaw.class);
  }

  /**
   * The valleys of that task.
   *
   * @throws RunFailure when the plan has no such analysis
   */
  public Finding.Valleys valleys(String id) {
    return finding(id, Finding.Valleys.class);
  }

  /**
   * The forms compared by that task.
   *
   * @throws RunFailure when the plan has no such analysis
   */
  public Finding.Forms forms(String id) {
    return finding(id, Finding.Forms.class);
  }

  /**
   * The fits of that task under several choices.
   *
   * @throws RunFailure when the plan has no such analysis
   */
  public Finding.Varied varied(String id) {
    return finding(id, Finding.Varied.class);
  }

  /**
   * The points that task read.
   *
   * @throws RunFailure when the plan has no such analysis
   */
  public Finding.Table table(String id) {
    return finding(id, Finding.Table.class);
  }

  /**
   * The density over time of that task.
   *
   * @throws RunFailure when the plan has no such analysis
   */
  public Finding.Density density(String id) {
    return finding(id, Finding.Density.class);
  }

  /**
   * The rulers of that task.
   *
   * @throws RunFailure when the plan has no such analysis
   */
  public Finding.Ladder ladder(String id) {
    return finding(id, Finding.Ladder.class);
  }

  /** The entropy rate of a corpus, if it is known. */
  public OptionalDouble entropy(String corpus) {
    return entropyRates.stream()
        .filter(e -> e.corpus().equals(corpus))
        .mapToDouble(EntropyRate::nats)
        .findFirst();
  }

  private <F extends Finding> F finding(String id, Class<F> type) {
    Optional<F> found =
        findings.stream()
            .filter(f -> f.id().equals(id))
            .filter(type::isInstance)
            .map(type::cast)
            .findFirst();
    return found.orElseThrow(() ->
        new RunFailure(
            "the outcome has no "
                + type.getSimpleName()
                + " '"
                + id
                + "'; it has "
                + findings.stream().map(Finding::id).toList()));
  }
}
