package reprise.kernel.reasoning;

import java.util.Arrays;
import java.util.SplittableRandom;
import reprise.dsl.RunFailure;
import reprise.dsl.reasoning.ReasoningResult;
import reprise.dsl.reasoning.ReasoningTrial;
import reprise.kernel.reasoning.World.Question;
import reprise.kernel.study.Matrices;
import reprise.kernel.study.Sheet;
import reprise.kernel.study.TrialTrainer;

/** Trains one head and asks it what it was not told. */
public final class ReasoningTrainer extends TrialTrainer<ReasoningTrial> {
  /** For the service loader. */
  public ReasoningTrainer() {
    super(ReasoningTrial.class);
  }

  @Override
  public void measure(ReasoningTrial trial, Sheet sheet) {
    SplittableRandom random = new SplittableRandom(trial.seed());
    World world = World.of(trial, random);
    OneHead head = new OneHead(trial, world, random);
    int next = 1;
    for (int step = 1; step <= trial.iterations() && !sheet.cancelled(); step++) {
      head.step(world.trained());
      if (step == next || step == trial.iterations()) {
        sheet.point(step, head.loss(world.asked()));
        next = step + Math.max(1, step / 8);
      }
    }
    int right = 0;
    for (Question q : world.asked()) {
      double[] z = head.logits(q);
      double best = Arrays.stream(z).max().orElseThrow();
      right += z[q.answer()] == best ? 1 : 0;
    }
    double margin = head.margin(world.trained());
    if (!(margin > 0)) {
      throw new RunFailure(
          "after "
              + trial.iterations()
              + " steps the head still answers a trained question wrongly, so its norm at unit"
              + " margin is not defined; train longer");
    }
    double[] values = Matrices.svd(sheet.backend(), head.map()).s();
    sheet.read(ReasoningResult.TRAINED, head.loss(world.trained()));
    sheet.read(ReasoningResult.ANSWERED, (double) right / world.asked().size());
    sheet.read(ReasoningResult.NUCLEAR, Arrays.stream(values).sum() / margin);
    sheet.read(
        ReasoningResult.FROBENIUS, Math.sqrt(Arrays.stream(values).map(s -> s * s).sum()) / margin);
  }
}
