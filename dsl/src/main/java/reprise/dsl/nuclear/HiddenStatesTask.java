package reprise.dsl.nuclear;

import java.util.List;
import reprise.dsl.plan.Field;
import reprise.dsl.plan.Task;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Flops;

/**
 * A decoder in training whose hidden states on held-out tokens are measured at checkpoints.
 *
 * @param training what is trained
 * @param windows held-out windows whose tokens are the rows of the matrix
 */
public record HiddenStatesTask(TrainTask training, int windows) implements Task {
  /** Shares of the run after which it is measured; none of it first. */
  private static final List<Double> CHECKPOINTS =
      List.of(0.0, 1 / 64.0, 1 / 32.0, 1 / 16.0, 1 / 8.0, 1 / 4.0, 1 / 2.0, 1.0);

  public HiddenStatesTask {
    Checks.present("training", training);
    Checks.positive("windows", windows, "held-out windows");
  }

  /** Steps after which it is measured, ascending. */
  public List<Integer> checkpoints() {
    return CHECKPOINTS.stream().map(s -> (int) Math.round(s * steps())).distinct().toList();
  }

  @Override
  public String id() {
    return training.id();
  }

  @Override
  public int seed() {
    return training.seed();
  }

  @Override
  public int steps() {
    return training.steps();
  }

  @Override
  public Flops flops() {
    return training.flops();
  }

  @Override
  public Bytes memory() {
    return training.memory();
  }

  @Override
  public String setting() {
    return training.setting()
        + "; hidden states of "
        + windows
        + " held-out windows at "
        + CHECKPOINTS.size()
        + " checkpoints, centred columns and rows of length 1";
  }

  @Override
  public List<Field> fields() {
    return training.fields();
  }

  @Override
  public List<String> problems() {
    return training.problems();
  }
}
