package reprise.kernel.compile;

import reprise.dsl.result.Readings;
import reprise.tensor.RunReport;
import reprise.tensor.Session;
import reprise.tensor.ir.Program;

/**
 * A program that trains on a corpus, with its data. The arrays are shared between the runs of a
 * plan and only read.
 */
public final class Compiled {
  private final Program program;
  private final Feed feed;
  private final double entropy;
  private final int evaluationSteps;
  private final Readings readings;

  /**
   * A compiled task.
   *
   * @param entropy of the source in nats per token; NaN where it is not known
   * @param readings what is known of the corpus
   */
  Compiled(Program program, Feed feed, double entropy, int evaluationSteps, Readings readings) {
    this.program = program;
    this.feed = feed;
    this.entropy = entropy;
    this.evaluationSteps = evaluationSteps;
    this.readings = readings;
  }

  public Program program() {
    return program;
  }

  /** What is known of the corpus: the bits of text of a held-out token, where it is text. */
  public Readings readings() {
    return readings;
  }

  /** Puts data and initial parameters into a new session. */
  public void prepare(Session session) {
    feed.into(session);
    session.run("initialise", 1).orThrow();
  }

  /**
   * Held-out loss in nats per token: {@code h + mean KL(source || model)} where the source is
   * known, mean cross-entropy elsewhere.
   */
  public double evaluate(Session session) {
    if (!Double.isNaN(entropy)) {
      RunReport report = session.run("evaluate_source", evaluationSteps).orThrow();
      return entropy + report.mean("kl");
    }
    return session.run("evaluate", evaluationSteps).orThrow().mean("loss");
  }
}
