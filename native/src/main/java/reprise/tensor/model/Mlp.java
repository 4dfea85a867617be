package reprise.tensor.model;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.Value;

/**
 * A multi-layer perceptron: products with weights {@code layerI} [in, out] and biases {@code
 * layerI.bias}, an activation between them.
 *
 * @param widths of the hidden layers; none gives a linear classifier
 * @param activation between layers
 * @param bias whether layers have biases (zero at the start)
 * @param start distribution of the weights
 */
public record Mlp(List<Integer> widths, Activation activation, boolean bias, Weight.Scheme start)
    implements Architecture {
  /** Functions between layers. */
  public enum Activation {
    RELU,
    TANH,
    GELU,
    SIGMOID
  }

  public Mlp {
    widths = List.copyOf(widths);
  }

  /** ReLU, biases, He's normal weights. */
  public static Mlp relu(Integer... widths) {
    return new Mlp(List.of(widths), Activation.RELU, true, Weight.Scheme.HE_NORMAL);
  }

  @Override
  public List<Weight> weights(Shape input, int classes) {
    List<Weight> list = new ArrayList<>();
    int in = input.size();
    for (int l = 0; l <= widths.size(); l++) {
      int out = l == widths.size() ? classes : widths.get(l);
      list.add(new Weight("layer" + l, Shape.of(in, out), start.start(in, out), true));
      if (bias) {
        list.add(new Weight("layer" + l + ".bias", Shape.of(out), new Weight.Constant(0), false));
      }
      in = out;
    }
    return list;
  }

  @Override
  public Value logits(FunctionBuilder f, Value x, Mode mode) {
    int batch = x.shape().dim(0);
    Value y = x.reshape(batch, x.shape().size() / batch);
    for (int l = 0; l <= widths.size(); l++) {
      y = y.matmul(f.read("layer" + l));
      if (bias) {
        y = y.add(f.read("layer" + l + ".bias"));
      }
      if (l < widths.size()) {
        y = activate(y);
      }
    }
    return y;
  }

  private Value activate(Value x) {
    return switch (activation) {
      case RELU -> x.relu();
      case TANH -> x.tanh();
      case GELU -> x.gelu();
      case SIGMOID -> x.sigmoid();
    };
  }
}
