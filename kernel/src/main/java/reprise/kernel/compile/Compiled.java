package reprise.kernel.compile;

import reprise.tensor.RunReport;
import reprise.tensor.Session;
import reprise.tensor.ir.Program;

/**
 * A program that trains on a corpus, with its data. The arrays are shared between the runs of a
 * plan and only read.
 */
public final class Compiled {
  private final Program program;
  private final int[] train;
  private final int[] heldOut;
  private final float[] table;
  private final double entropy;
  private final int evaluationSteps;

  Compiled(
      Program program,
      int[] train,
      int[] heldOut,
      float[] table,
      double entropy,
      int evaluationSteps) {
    this.program = program;
    this.train = train;
    this.heldOut = heldOut;
    this.table = table;
    this.entropy = entropy;
    this.evaluationSteps = evaluationSteps;
  }

  public Program program() {
    return program;
  }

  /** Puts data and initial parameters into a new session. */
  public void prepare(Session session) {
    session.write("train_tokens", train);
    session.write("eval_tokens", heldOut);
    if (table != null) {
      session.write("source_table", table);
    }
    session.run("initialise", 1).orThrow();
  }

  /**
   * Held-out loss in nats per token: {@code h + mean KL(source || model)} where the source is
   * known, mean cross-entropy elsewhere.
   */
  public double evaluate(Session session) {
    if (table != null) {
      RunReport report = session.run("evaluate_source", evaluationSteps).orThrow();
      return entropy + report.mean("kl");
    }
    return session.run("evaluate", evaluationSteps).orThrow().mean("loss");
  }
}
