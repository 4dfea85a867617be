package reprise.kernel.head;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import reprise.dsl.RunFailure;
import reprise.dsl.head.LossTrial;
import reprise.dsl.head.Method;
import reprise.tensor.Backend;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.ir.Cut;
import reprise.tensor.ir.Pipeline;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/**
 * The mean loss of a head, x [N, d], w [V, d], targets [N], by one method; with {@code gradients}
 * also dx and dw.
 */
record LossProgram(int rows, int width, int classes, Method method, boolean gradients) {
  private static final double MIB = 1 << 20;

  /** x, w and targets of one draw. */
  record Inputs(float[] x, float[] w, int[] targets) {
    /**
     * x N(0, 1), w N(0, 1) / sqrt(d), but the last coordinate of x is 1 and that of w {@code -1.2
     * ln(rank)}, so that frequent classes have large logits.
     */
    static Inputs drawn(LossTrial trial, int rows) {
      SplittableRandom random = new SplittableRandom(trial.seed());
      int d = trial.head().width().count();
      int classes = trial.vocabulary().count();
      float[] x = new float[rows * d];
      for (int i = 0; i < x.length; i++) {
        x[i] = i % d == d - 1 ? 1 : (float) random.nextGaussian();
      }
      float[] w = new float[classes * d];
      for (int i = 0; i < w.length; i++) {
        int rank = i / d + 1;
        double bias = -1.2 * Math.log(rank);
        w[i] = (float) (i % d == d - 1 ? bias : random.nextGaussian() / Math.sqrt(d));
      }
      return new Inputs(x, w, random.ints(rows, 0, classes).toArray());
    }
  }

  private Program program() {
    return Program.builder("head")
        .state("x", TensorType.f32(rows, width), State.Kind.DATA)
        .state("w", TensorType.f32(classes, width), State.Kind.DATA)
        .state("targets", TensorType.i32(rows), State.Kind.DATA)
        .function(
            "loss",
            f -> {
              Value x = f.read("x");
              Value w = f.read("w");
              Value targets = f.read("targets");
              Value each =
                  method == Method.CUT
                      ? f.applyAll(new Cut.CutCrossEntropy(0, false), x, w, targets).getFirst()
                      : x.matmulTransposed(w).crossEntropy(targets);
              Value loss = each.mean();
              f.output("loss", loss);
              if (gradients) {
                List<Value> d = f.gradients(loss, List.of(x, w));
                f.output("dx", d.get(0));
                f.output("dw", d.get(1));
              }
            })
        .build();
  }

  private CpuBackend on(Backend backend) {
    if (!(backend instanceof CpuBackend cpu)) {
      throw new RunFailure(
          "the memory of a loss is that of the native backend, and this is the "
              + backend.info().name()
              + " backend: install a C compiler and build again (./reprise doctor)");
    }
    return method == Method.MATERIALISED ? cpu.passes(Pipeline.standard().without("fuse")) : cpu;
  }

  /** Planned peak in MiB, less x, w and targets. */
  double planned(Backend backend) {
    double given = 4.0 * ((double) rows * width + (double) classes * width + rows);
    return (on(backend).memoryBytes(program(), 1) - given) / MIB;
  }

  /** Runs once; the readings are taken while everything is held. */
  <T> T run(Backend backend, Inputs in, Function<Session, T> read) {
    try (Session session = on(backend).open(program(), SessionOptions.seed(1))) {
      return ran(session, in, read);
    }
  }

  /** The same by the reference, which keeps every value in double precision. */
  <T> T exactly(Backend reference, Inputs in, Function<Session, T> read) {
    try (Session session = reference.open(program(), SessionOptions.seed(1))) {
      return ran(session, in, read);
    }
  }

  private static <T> T ran(Session session, Inputs in, Function<Session, T> read) {
    session.write("x", in.x());
    session.write("w", in.w());
    session.write("targets", in.targets());
    session.run("loss", 1).orThrow();
    return read.apply(session);
  }
}
