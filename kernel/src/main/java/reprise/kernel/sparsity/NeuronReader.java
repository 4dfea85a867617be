package reprise.kernel.sparsity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.dsl.sparsity.CettPpl;
import reprise.dsl.sparsity.SparsingTask;
import reprise.dsl.sparsity.SparsityMeasures;
import reprise.kernel.data.Text;
import reprise.kernel.run.RunContext;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.model.NeuronProbe;
import reprise.tensor.model.TransformerConfig;

/** Counts the neurons that the checkpoints of one run need: {@link CettPpl}. */
final class NeuronReader implements AutoCloseable {
  private final SparsingTask task;
  private final TransformerConfig config;
  private final RunContext context;
  private final Session session;

  NeuronReader(SparsingTask task, Text text, RunContext context) {
    this.task = task;
    this.config = SparsingCompiler.config(task);
    this.context = context;
    int length = config.context();
    int windows = SparsingTask.PROBED / length;
    this.session =
        context.backend().open(NeuronProbe.program(config, windows), SessionOptions.seed(0));
    int[] inputs = new int[windows * length];
    int[] targets = new int[inputs.length];
    int room = (text.heldOut().length - 1) / length;
    for (int w = 0; w < windows; w++) {
      // spread evenly over the held-out text
      int from = (int) ((long) w * room / windows) * length;
      System.arraycopy(text.heldOut(), from, inputs, w * length, length);
      System.arraycopy(text.heldOut(), from + 1, targets, w * length, length);
    }
    session.write("windows", inputs);
    session.write("targets", targets);
  }

  /** A checkpoint with all of its neurons. */
  private record Dense(Map<String, float[]> weights, List<TailTruncation> blocks, double loss) {
    double ratio(double cett) {
      return blocks.stream().mapToDouble(b -> b.ratio(cett)).average().orElseThrow();
    }

    double nonZero() {
      return blocks.stream().mapToDouble(TailTruncation::nonZero).average().orElseThrow();
    }
  }

  /** Activation ratios of all checkpoints at the one CETT that the last of them allow. */
  Readings read(List<Map<String, float[]>> checkpoints) {
    List<Dense> all = checkpoints.stream().map(this::dense).toList();
    List<Dense> last = all.subList(all.size() - CettPpl.LAST, all.size());
    double low = 0;
    double high = 1;
    // exp(L_sparse - L_dense) rises with CETT
    while (high - low > CettPpl.TOLERANCE) {
      double middle = (low + high) / 2;
      if (perplexityRatio(last, middle) > 1 + task.metric().growth()) {
        high = middle;
      } else {
        low = middle;
      }
    }
    double cett = low;
    List<Reading> readings = new ArrayList<>();
    add(readings, SparsityMeasures.CETT, "", cett);
    add(readings, SparsityMeasures.PERPLEXITY, "", perplexityRatio(last, cett));
    for (int c = 0; c < all.size(); c++) {
      String at = SparsityMeasures.after(task.tokensAt(c + 1));
      add(readings, SparsityMeasures.ACTIVATION, at, all.get(c).ratio(cett));
      add(readings, SparsityMeasures.NON_ZERO, at, all.get(c).nonZero());
      add(readings, SparsityMeasures.LOSS, at, all.get(c).loss());
    }
    List<TailTruncation> blocks = all.getLast().blocks();
    for (int l = 0; l < blocks.size(); l++) {
      String at = SparsityMeasures.block(l + 1);
      add(readings, SparsityMeasures.ACTIVATION, at, blocks.get(l).ratio(cett));
    }
    return Readings.of(readings);
  }

  private static void add(List<Reading> readings, Measure measure, String at, double value) {
    readings.add(new Reading(measure, at, value));
  }

  private Dense dense(Map<String, float[]> weights) {
    weights.forEach(session::write);
    double loss = session.run("neurons", 1).orThrow().last("loss");
    List<TailTruncation> blocks = new ArrayList<>();
    for (int l = 0; l < config.layers(); l++) {
      blocks.add(
          TailTruncation.of(
              session.output("neurons", NeuronProbe.neurons(l)), rows(weights, l), task.hidden()));
    }
    return new Dense(weights, blocks, loss);
  }

  private static float[] rows(Map<String, float[]> weights, int layer) {
    return weights.get("layer" + layer + ".mlp_out");
  }

  /** Mean of exp(L_sparse - L_dense). */
  private double perplexityRatio(List<Dense> checkpoints, double cett) {
    double sum = 0;
    for (Dense checkpoint : checkpoints) {
      if (context.cancelled()) {
        throw new IllegalStateException("cancelled while neurons were counted");
      }
      checkpoint.weights().forEach(session::write);
      for (int l = 0; l < config.layers(); l++) {
        double threshold = checkpoint.blocks().get(l).threshold(cett);
        session.write(NeuronProbe.least(l), least(rows(checkpoint.weights(), l), threshold));
      }
      double loss = session.run("truncated", 1).orThrow().last("loss");
      sum += Math.exp(loss - checkpoint.loss());
    }
    return sum / checkpoints.size();
  }

  /** |h_i| >= eps/|W_i| where |h_i W_i| >= eps. */
  private float[] least(float[] rows, double threshold) {
    int d = config.width();
    float[] least = new float[task.hidden()];
    for (int i = 0; i < least.length; i++) {
      double squares = 0;
      for (int j = i * d; j < (i + 1) * d; j++) {
        squares += (double) rows[j] * rows[j];
      }
      least[i] = (float) Math.min(threshold / Math.sqrt(squares), Float.MAX_VALUE);
    }
    return least;
  }

  @Override
  public void close() {
    session.close();
  }
}
