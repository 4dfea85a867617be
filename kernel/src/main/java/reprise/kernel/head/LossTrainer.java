package reprise.kernel.head;

import java.util.OptionalDouble;
import reprise.dsl.head.LossResult;
import reprise.dsl.head.LossTrial;
import reprise.dsl.head.Method;
import reprise.kernel.head.LossProgram.Inputs;
import reprise.kernel.study.Sheet;
import reprise.kernel.study.TrialTrainer;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.Session;

/** Plans and computes the loss of a head by every method. */
public final class LossTrainer extends TrialTrainer<LossTrial> {
  /** Plans that differ by less are not measured: other memory of the process would show. */
  private static final double LEAST_MIB = 200;

  /** For the service loader. */
  public LossTrainer() {
    super(LossTrial.class);
  }

  private record Numbers(double loss, float[] dx, float[] dw) {
    static Numbers of(Session session) {
      return new Numbers(
          session.output("loss", "loss")[0],
          session.output("loss", "dx"),
          session.output("loss", "dw"));
    }
  }

  /** One at a time: the memory of the process is that of all its trials. */
  @Override
  public void measure(LossTrial trial, Sheet sheet) {
    synchronized (LossTrainer.class) {
      alone(trial, sheet);
    }
  }

  private static void alone(LossTrial trial, Sheet sheet) {
    Backend backend = sheet.backend();
    int rows = Math.toIntExact(trial.head().tokens().count());
    for (Method method : Method.values()) {
      sheet.read(
          LossResult.LOSS, method.word(), program(trial, rows, method, false).planned(backend));
      sheet.read(
          LossResult.BOTH, method.word(), program(trial, rows, method, true).planned(backend));
    }
    resident(trial, rows, sheet);
    compare(trial, sheet);
  }

  private static LossProgram program(LossTrial trial, int rows, Method method, boolean gradients) {
    return new LossProgram(
        rows, trial.head().width().count(), trial.vocabulary().count(), method, gradients);
  }

  private static void resident(LossTrial trial, int rows, Sheet sheet) {
    LossProgram logits = program(trial, rows, Method.MATERIALISED, true);
    LossProgram cut = program(trial, rows, Method.CUT, true);
    double planned = logits.planned(sheet.backend()) - cut.planned(sheet.backend());
    if (planned < LEAST_MIB || Resident.mebibytes().isEmpty() || sheet.cancelled()) {
      return;
    }
    Inputs in = Inputs.drawn(trial, rows);
    // the smaller one first: what the JVM itself takes on the way does not look like a saving
    double small = taken(cut, sheet.backend(), in);
    double large = taken(logits, sheet.backend(), in);
    double saved = Math.round(10 * (large - small) / planned) / 10.0;
    sheet.read(LossResult.SAVED, Method.CUT.word(), saved);
  }

  /** What the process takes more while a program has run and is held, in MiB. */
  private static double taken(LossProgram program, Backend backend, Inputs in) {
    double before = Resident.mebibytes().orElseThrow();
    OptionalDouble after = program.run(backend, in, session -> Resident.mebibytes());
    return after.orElseThrow() - before;
  }

  private static void compare(LossTrial trial, Sheet sheet) {
    if (sheet.cancelled()) {
      return;
    }
    int rows = (int) Math.min(LossTrial.COMPARED, trial.head().tokens().count());
    Inputs in = Inputs.drawn(trial, rows);
    Numbers exact =
        program(trial, rows, Method.MATERIALISED, true)
            .exactly(Backends.reference(), in, Numbers::of);
    for (Method method : Method.values()) {
      Numbers got = program(trial, rows, method, true).run(sheet.backend(), in, Numbers::of);
      double loss = Math.abs(got.loss() - exact.loss()) / Math.abs(exact.loss());
      double dx = distance(got.dx(), exact.dx());
      double dw = distance(got.dw(), exact.dw());
      sheet.read(LossResult.LOSS_ERROR, method.word(), loss);
      sheet.read(LossResult.GRADIENT_ERROR, method.word(), Math.max(dx, dw));
    }
  }

  /** |a - b|_F / |b|_F. */
  static double distance(float[] a, float[] b) {
    double above = 0;
    double below = 0;
    for (int i = 0; i < a.length; i++) {
      above += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
      below += (double) b[i] * b[i];
    }
    return Math.sqrt(above / below);
  }
}
