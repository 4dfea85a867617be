package reprise.kernel.sampling;

import java.util.Arrays;
import java.util.List;
import reprise.tensor.Backend;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Incremental;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;
import reprise.tensor.model.Sampler;

/**
 * The operation that chooses tokens when a language model writes, fed with given logits instead of
 * a model's. Shapes: table of logits [D, V], one row of texts each [B], tokens [B, S].
 */
final class SamplerRig implements AutoCloseable {
  private static final String[] KEPT = {
    "tokens", "start", "done", "memory", "log_probability", "entropy", "top_mass"
  };
  private static final String[] GIVEN = {
    "prompt", "limit", "identity", "rule", "rule_parameters", "stop", "banned"
  };

  private static final int STREAM = 77;

  private final Session session;
  private final int rows;
  private final int slots;
  private int written;

  private SamplerRig(Session session, int rows, int slots) {
    this.session = session;
    this.rows = rows;
    this.slots = slots;
  }

  /**
   * Texts without a token yet.
   *
   * @param logits one row a distribution
   * @param rows texts that are written side by side
   * @param length tokens of each at most
   */
  static SamplerRig open(Backend backend, float[][] logits, int rows, int length, long seed) {
    int vocabulary = logits[0].length;
    int slots = length + 2;
    Session session =
        backend.open(program(logits.length, vocabulary, rows, slots), SessionOptions.seed(seed));
    SamplerRig rig = new SamplerRig(session, rows, slots);
    float[] table = new float[logits.length * vocabulary];
    for (int d = 0; d < logits.length; d++) {
      System.arraycopy(logits[d], 0, table, d * vocabulary, vocabulary);
    }
    session.write("table", table);
    session.write("prompt", filled(rows, 1));
    session.write("limit", filled(rows, slots));
    int[] identity = new int[rows];
    Arrays.setAll(identity, i -> i);
    session.write("identity", identity);
    session.write("stop", new int[] {-1});
    session.write("banned", new int[] {-1, -1});
    return rig;
  }

  private static int[] filled(int size, int value) {
    int[] all = new int[size];
    Arrays.fill(all, value);
    return all;
  }

  private static Program program(int distributions, int vocabulary, int rows, int slots) {
    ProgramBuilder b = Program.builder("sampler");
    TensorType ints = TensorType.i32(rows);
    TensorType record = TensorType.f32(rows, slots);
    b.state("table", TensorType.f32(distributions, vocabulary), State.Kind.DATA);
    b.state("which", ints, State.Kind.DATA);
    b.state("tokens", TensorType.i32(rows, slots), State.Kind.COUNTER);
    b.state("start", ints, State.Kind.COUNTER);
    b.state("done", ints, State.Kind.COUNTER);
    b.state("memory", TensorType.f32(rows), State.Kind.COUNTER);
    for (String name : new String[] {"log_probability", "entropy", "top_mass"}) {
      b.state(name, record, State.Kind.COUNTER);
    }
    for (String name : new String[] {"prompt", "limit", "identity"}) {
      b.state(name, ints, State.Kind.DATA);
    }
    b.state("rule", TensorType.i32(rows, 2), State.Kind.DATA);
    b.state("rule_parameters", TensorType.f32(rows, 4), State.Kind.DATA);
    b.state("stop", TensorType.i32(1), State.Kind.DATA);
    b.state("banned", TensorType.i32(1, 2), State.Kind.DATA);
    b.function(
        "choose",
        f -> {
          Value[] in = new Value[1 + KEPT.length + GIVEN.length];
          in[0] = f.read("table").gather(f.read("which"));
          for (int i = 0; i < KEPT.length; i++) {
            in[1 + i] = f.read(KEPT[i]);
          }
          for (int i = 0; i < GIVEN.length; i++) {
            in[1 + KEPT.length + i] = f.read(GIVEN[i]);
          }
          List<Value> next = f.applyAll(new Incremental.SampleNext(STREAM), in);
          for (int i = 0; i < KEPT.length; i++) {
            f.update(KEPT[i], next.get(i));
          }
        });
    return b.build();
  }

  /** The rule of all rows from now on; what a rule remembers begins anew. */
  SamplerRig rule(Sampler sampler) {
    float[] given = sampler.parameters();
    int[] rule = new int[2 * rows];
    float[] parameters = new float[4 * rows];
    float[] memory = new float[rows];
    for (int b = 0; b < rows; b++) {
      rule[2 * b] = sampler.rule();
      System.arraycopy(given, 0, parameters, 4 * b, given.length);
      parameters[4 * b + 3] = 1; // no penalty on repetition
      memory[b] = sampler.memory();
    }
    session.write("rule", rule);
    session.write("rule_parameters", parameters);
    session.write("memory", memory);
    return this;
  }

  /** Which distribution each row draws from, from now on. */
  SamplerRig from(int... distributions) {
    session.write("which", distributions);
    return this;
  }

  /** Draws so many tokens of each row. */
  void draw(int tokens) {
    session.run("choose", tokens).orThrow();
    written += tokens;
  }

  /** {@code -log2 p} of the last token of each row, p before anything is cut. */
  double[] lastSurprises() {
    float[] logs = session.read("log_probability");
    double[] bits = new double[rows];
    Arrays.setAll(bits, b -> -logs[b * slots + written] / Math.log(2));
    return bits;
  }

  /** All tokens drawn by a row. */
  int[] tokens(int row) {
    int[] all = session.readInts("tokens");
    return Arrays.copyOfRange(all, row * slots + 1, row * slots + 1 + written);
  }

  @Override
  public void close() {
    session.close();
  }
}
