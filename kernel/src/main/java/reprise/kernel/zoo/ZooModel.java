package reprise.kernel.zoo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The weights of a model by name, row-major.
 *
 * @param weights in the order of the net
 */
public record ZooModel(Map<String, float[]> weights) {
  public ZooModel {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
  }

  /** Root of the sum of squares of all weights and biases. */
  public double norm() {
    double square = 0;
    for (float[] w : weights.values()) {
      for (float v : w) {
        square += (double) v * v;
      }
    }
    return Math.sqrt(square);
  }

  /** The mean of some models of one net, weight by weight. */
  public static ZooModel mean(List<ZooModel> models) {
    Map<String, float[]> out = new LinkedHashMap<>();
    models
        .getFirst()
        .weights()
        .forEach((name, first) -> {
          float[] mean = new float[first.length];
          for (int i = 0; i < mean.length; i++) {
            double sum = 0;
            for (ZooModel m : models) {
              sum += m.weights().get(name)[i];
            }
            mean[i] = (float) (sum / models.size());
          }
          out.put(name, mean);
        });
    return new ZooModel(out);
  }

  /**
   * The model without a share of its weights, those of least magnitude over all matrices; biases
   * stay.
   *
   * @param share from 0 to 1
   */
  public ZooModel pruned(double share) {
    double[] sizes =
        weights.entrySet().stream()
            .filter(e -> !e.getKey().endsWith(".bias"))
            .flatMapToDouble(e ->
                IntStream.range(0, e.getValue().length).mapToDouble(i -> Math.abs(e.getValue()[i])))
            .sorted()
            .toArray();
    int cut = (int) Math.round(share * sizes.length);
    double limit = cut == 0 ? -1 : sizes[cut - 1];
    Map<String, float[]> out = new LinkedHashMap<>();
    weights.forEach((name, w) -> {
      float[] kept = w.clone();
      for (int i = 0; i < kept.length && !name.endsWith(".bias"); i++) {
        kept[i] = Math.abs(kept[i]) <= limit ? 0 : kept[i];
      }
      out.put(name, kept);
    });
    return new ZooModel(out);
  }

  /** Weights and biases. */
  public long size() {
    return weights.values().stream().mapToLong(w -> w.length).sum();
  }
}
