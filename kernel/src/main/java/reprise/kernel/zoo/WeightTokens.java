package reprise.kernel.zoo;

import java.util.ArrayList;
import java.util.List;

/**
 * A model as a sequence of tokens for learning on weights, as SANE takes it (Schürholt et al. 2024,
 * 2406.09997, section 3): every output channel's weights and bias are a row, cut into tokens of one
 * size, the last one padded with zeros.
 *
 * @param values [tokens, size], row-major
 * @param mask whether a value is a weight or padding, [tokens, size]
 * @param positions [tokens, 3]: number in the model, layer, number in the layer
 * @param size numbers in a token
 */
public record WeightTokens(float[] values, boolean[] mask, short[] positions, int size) {
  /** Tokens of a model. */
  public int count() {
    return positions.length / 3;
  }

  /**
   * The tokens of a perceptron with weights {@code layerI} [in, out] and biases.
   *
   * @param size numbers in a token; 0 for the longest row
   */
  public static WeightTokens of(ZooModel model, int size) {
    List<float[][]> layers = new ArrayList<>();
    int longest = 0;
    for (int l = 0; model.weights().containsKey("layer" + l); l++) {
      float[][] rows = rows(model, l);
      layers.add(rows);
      longest = Math.max(longest, rows[0].length);
    }
    int width = size == 0 ? longest : size;
    if (width < 1) {
      throw new IllegalArgumentException("a token needs a size of at least 1, got " + size);
    }
    int tokens = 0;
    for (float[][] rows : layers) {
      tokens += rows.length * pieces(rows[0].length, width);
    }
    float[] values = new float[tokens * width];
    boolean[] mask = new boolean[tokens * width];
    short[] positions = new short[tokens * 3];
    int n = 0;
    for (int l = 0; l < layers.size(); l++) {
      int k = 0;
      for (float[] row : layers.get(l)) {
        for (int from = 0; from < row.length; from += width) {
          int length = Math.min(width, row.length - from);
          System.arraycopy(row, from, values, n * width, length);
          java.util.Arrays.fill(mask, n * width, n * width + length, true);
          positions[n * 3] = (short) n;
          positions[n * 3 + 1] = (short) l;
          positions[n * 3 + 2] = (short) k++;
          n++;
        }
      }
    }
    return new WeightTokens(values, mask, positions, width);
  }

  /** The model again, from the tokens of a net of the same shape; padding is left out. */
  public ZooModel model(ZooModel like) {
    var out = new java.util.LinkedHashMap<String, float[]>();
    int at = 0;
    for (int l = 0; like.weights().containsKey("layer" + l); l++) {
      float[] bias = new float[like.weights().get("layer" + l + ".bias").length];
      float[] w = new float[like.weights().get("layer" + l).length];
      int in = w.length / bias.length;
      for (int k = 0; k < bias.length; k++) {
        for (int i = 0; i <= in; i++) {
          float v = values[at + i];
          if (i == in) {
            bias[k] = v;
          } else {
            w[i * bias.length + k] = v;
          }
        }
        at += pieces(in + 1, size) * size;
      }
      out.put("layer" + l, w);
      out.put("layer" + l + ".bias", bias);
    }
    return new ZooModel(out);
  }

  private static int pieces(int row, int size) {
    return (row + size - 1) / size;
  }

  /** Weights into every output channel and its bias. */
  private static float[][] rows(ZooModel model, int layer) {
    float[] w = model.weights().get("layer" + layer);
    float[] bias = model.weights().get("layer" + layer + ".bias");
    int out = bias.length;
    int in = w.length / out;
    float[][] rows = new float[out][in + 1];
    for (int k = 0; k < out; k++) {
      for (int i = 0; i < in; i++) {
        rows[k][i] = w[i * out + k];
      }
      rows[k][in] = bias[k];
    }
    return rows;
  }
}
