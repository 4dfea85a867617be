package reprise.dsl.domain;

import java.util.List;
import reprise.dsl.data.Corpus;
import reprise.dsl.law.Fit;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.RunOutcome;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Runs and laws of domains as frames. */
final class DomainFrame {
  private DomainFrame() {}

  /** One row a run. */
  static Table runs(List<RunOutcome> runs) {
    StringColumn id = StringColumn.create("run");
    StringColumn domain = StringColumn.create("domain");
    IntColumn width = IntColumn.create("width");
    LongColumn params = LongColumn.create("N");
    LongColumn tokens = LongColumn.create("D tokens");
    DoubleColumn flops = DoubleColumn.create("C FLOP");
    IntColumn seed = IntColumn.create("seed");
    DoubleColumn loss = DoubleColumn.create("loss nats/token");
    StringColumn status = StringColumn.create("status");
    for (RunOutcome run : runs) {
      TrainTask task = (TrainTask) run.task();
      id.append(task.id());
      domain.append(task.corpus().domain());
      width.append(task.model().width());
      params.append(Math.round(task.params().count()));
      tokens.append(task.tokens().count());
      flops.append(task.flops().count());
      seed.append(task.seed());
      switch (run) {
        case RunOutcome.Finished<?> done -> {
          loss.append(done.loss());
          status.append("finished");
        }
        case RunOutcome.Stopped early -> {
          loss.append(early.run().loss());
          status.append(early.reason());
        }
        case RunOutcome.Failed failed -> {
          loss.appendMissing();
          status.append(failed.reason());
        }
      }
    }
    return Table.create("domains", id, domain, width, params, tokens, flops, seed, loss, status);
  }

  /** One row a domain. */
  static Table laws(DomainScalingResult result) {
    StringColumn name = StringColumn.create("domain");
    DoubleColumn slope = DoubleColumn.create("beta of N_opt");
    DoubleColumn floorC = DoubleColumn.create("E from C, nats");
    DoubleColumn floorN = DoubleColumn.create("E from N and D, nats");
    DoubleColumn alphaC = DoubleColumn.create("alpha_C");
    DoubleColumn alphaN = DoubleColumn.create("alpha_N");
    DoubleColumn straight = DoubleColumn.create("r2 of the reducible loss");
    DoubleColumn gain = DoubleColumn.create("error without constant / with");
    for (Corpus domain : result.experiment().domains()) {
      Fit frontier = result.frontier(domain);
      Fit joint = result.joint(domain);
      name.append(domain.domain());
      slope.append(result.valleys(domain).exponent().value());
      floorC.append(frontier.constant("E").value());
      floorN.append(joint.constant("E").value());
      alphaC.append(frontier.constant("alpha").value());
      alphaN.append(joint.constant("alpha").value());
      straight.append(result.straightness(domain).value());
      gain.append(result.gainOfConstant(domain).value());
    }
    return Table.create("laws", name, slope, floorC, floorN, alphaC, alphaN, straight, gain);
  }
}
