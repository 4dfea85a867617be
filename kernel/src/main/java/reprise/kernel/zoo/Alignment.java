package reprise.kernel.zoo;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Permutes the hidden units of a perceptron so that its weights come close to those of another
 * (weight matching of Git Re-Basin, Ainsworth et al. 2023, 2209.04836, section 3.2); what it
 * computes stays.
 */
public final class Alignment {
  private static final int MOST_SWEEPS = 50;

  private final ZooModel to;
  private final ZooModel model;
  private final int layers;
  private final int[][] order;

  private Alignment(ZooModel to, ZooModel model) {
    this.to = to;
    this.model = model;
    layers = (int) model.weights().keySet().stream().filter(n -> n.endsWith(".bias")).count();
    order = new int[layers][];
    for (int l = 0; l < layers; l++) {
      order[l] = IntStream.range(0, units(l)).toArray();
    }
  }

  /** The model with its hidden units in the order that fits the other one. */
  public static ZooModel align(ZooModel model, ZooModel to) {
    Alignment a = new Alignment(to, model);
    a.match();
    return a.permuted();
  }

  private int units(int layer) {
    return bias(model, layer).length;
  }

  private static float[] bias(ZooModel m, int layer) {
    return m.weights().get("layer" + layer + ".bias");
  }

  private static float[] weights(ZooModel m, int layer) {
    return m.weights().get("layer" + layer);
  }

  private int inputs(int layer) {
    return weights(model, layer).length / units(layer);
  }

  private int before(int layer, int unit) {
    return layer == 0 ? unit : order[layer - 1][unit];
  }

  private void match() {
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      boolean changed = false;
      for (int l = 0; l < layers - 1; l++) {
        int[] best = Assignment.largest(gains(l), units(l));
        changed |= !Arrays.equals(best, order[l]);
        order[l] = best;
      }
      if (!changed) {
        return;
      }
    }
  }

  /** g[i, j] = what unit j of the model in place i adds to the inner product of the weights. */
  private double[] gains(int layer) {
    int n = units(layer);
    double[] gains = new double[n * n];
    float[] a = weights(to, layer);
    float[] b = weights(model, layer);
    for (int in = 0; in < inputs(layer); in++) {
      outer(gains, n, a, in * n, 1, b, before(layer, in) * n, 1);
    }
    outer(gains, n, bias(to, layer), 0, 1, bias(model, layer), 0, 1);
    int next = units(layer + 1);
    float[] nextA = weights(to, layer + 1);
    float[] nextB = weights(model, layer + 1);
    for (int out = 0; out < next; out++) {
      outer(gains, n, nextA, out, next, nextB, order[layer + 1][out], next);
    }
    return gains;
  }

  private static void outer(
      double[] gains, int n, float[] a, int fromA, int stepA, float[] b, int fromB, int stepB) {
    for (int i = 0; i < n; i++) {
      double x = a[fromA + i * stepA];
      for (int j = 0; j < n; j++) {
        gains[i * n + j] += x * b[fromB + j * stepB];
      }
    }
  }

  private ZooModel permuted() {
    Map<String, float[]> out = new LinkedHashMap<>();
    for (int l = 0; l < layers; l++) {
      int n = units(l);
      float[] old = weights(model, l);
      float[] w = new float[old.length];
      float[] bias = new float[n];
      for (int i = 0; i < n; i++) {
        for (int in = 0; in < inputs(l); in++) {
          w[in * n + i] = old[before(l, in) * n + order[l][i]];
        }
        bias[i] = bias(model, l)[order[l][i]];
      }
      out.put("layer" + l, w);
      out.put("layer" + l + ".bias", bias);
    }
    return new ZooModel(out);
  }
}
