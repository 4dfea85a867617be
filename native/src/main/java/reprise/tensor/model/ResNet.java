package reprise.tensor.model;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.Spatial;
import reprise.tensor.ir.Value;

/**
 * A residual net for small images (He et al. 2016, 1512.03385, section 4.2): a 3x3 convolution,
 * three stages of n blocks of two 3x3 convolutions with widths w, 2w, 4w, the second and third
 * stage at half the resolution of the one before, global mean, a linear head: 6n + 2 layers. Where
 * the width changes the shortcut is a 1x1 convolution of stride 2 (option B of the paper). Examples
 * are images [H, W, C].
 *
 * @param n blocks in a stage; 3 gives ResNet-20
 * @param width channels of the first stage
 * @param batchNorm whether each convolution is followed by batch normalisation; else by a bias
 */
public record ResNet(int n, int width, boolean batchNorm) implements Architecture {
  private static final double EPS = 1e-5;
  private static final double MOMENTUM = 0.1;

  /** One convolution: name, extents, stride, and how it goes on. */
  private record Layer(String name, int size, int in, int out, int stride) {}

  public ResNet {
    if (n < 1 || width < 1) {
      throw new IllegalArgumentException(
          "n and width must be at least 1, got " + n + " and " + width);
    }
  }

  /** With batch normalisation. */
  public static ResNet of(int n, int width) {
    return new ResNet(n, width, true);
  }

  private List<Layer> layers(int channels) {
    List<Layer> list = new ArrayList<>();
    list.add(new Layer("stem", 3, channels, width, 1));
    int in = width;
    for (int s = 0; s < 3; s++) {
      int out = width << s;
      for (int b = 0; b < n; b++) {
        String at = block(s, b);
        int stride = stride(s, b);
        list.add(new Layer(at + ".conv1", 3, in, out, stride));
        list.add(new Layer(at + ".conv2", 3, out, out, 1));
        if (in != out) {
          list.add(new Layer(at + ".shortcut", 1, in, out, stride));
        }
        in = out;
      }
    }
    return list;
  }

  private static String block(int stage, int block) {
    return "stage" + stage + ".block" + block;
  }

  private static int stride(int stage, int block) {
    return stage > 0 && block == 0 ? 2 : 1;
  }

  @Override
  public List<Weight> weights(Shape input, int classes) {
    if (input.rank() != 3) {
      throw new IllegalArgumentException("a ResNet takes images [H, W, C], got " + input);
    }
    List<Weight> list = new ArrayList<>();
    for (Layer l : layers(input.dim(2))) {
      int fanIn = l.in() * l.size() * l.size();
      Shape shape = Shape.of(l.size(), l.size(), l.in(), l.out());
      list.add(new Weight(l.name(), shape, new Weight.Normal(Math.sqrt(2.0 / fanIn)), true));
      Shape channels = Shape.of(l.out());
      if (batchNorm) {
        list.add(new Weight(l.name() + ".gain", channels, new Weight.Constant(1), false));
      }
      list.add(new Weight(l.name() + ".bias", channels, new Weight.Constant(0), false));
    }
    int last = 4 * width;
    list.add(
        new Weight(
            "head",
            Shape.of(last, classes),
            Weight.Scheme.FAN_IN_UNIFORM.start(last, classes),
            true));
    list.add(new Weight("head.bias", Shape.of(classes), new Weight.Constant(0), false));
    return list;
  }

  @Override
  public List<Statistic> statistics() {
    return batchNorm
        ? layers(1).stream().map(l -> new Statistic(l.name(), l.out())).toList()
        : List.of();
  }

  @Override
  public Value logits(FunctionBuilder f, Value x, Mode mode) {
    Value y = unit(f, x, "stem", 1, true, null, mode);
    for (int s = 0; s < 3; s++) {
      for (int b = 0; b < n; b++) {
        String at = block(s, b);
        int stride = stride(s, b);
        boolean changes = s > 0 && b == 0;
        Value inner = unit(f, y, at + ".conv1", stride, true, null, mode);
        Value shortcut = changes ? unit(f, y, at + ".shortcut", stride, false, null, mode) : y;
        y = unit(f, inner, at + ".conv2", 1, true, shortcut, mode);
      }
    }
    // mean over the pixels
    int channels = y.shape().dim(3);
    int pixels = y.shape().dim(1) * y.shape().dim(2);
    Value pooled = y.reshape(y.shape().dim(0), pixels, channels).sum(1, 2).scale(1.0 / pixels);
    return pooled.matmul(f.read("head")).add(f.read("head.bias"));
  }

  /** Convolution, normalisation or bias, residual, ReLU. */
  private Value unit(
      FunctionBuilder f,
      Value x,
      String name,
      int stride,
      boolean relu,
      Value residual,
      Mode mode) {
    Value w = f.read(name);
    Value z = f.apply(Spatial.Conv2d.of(stride, w.shape().dim(0) / 2), x, w);
    if (batchNorm) {
      return normalise(f, z, name, relu, residual, mode);
    }
    Value y = z.add(f.read(name + ".bias"));
    y = residual == null ? y : y.add(residual);
    return relu ? y.relu() : y;
  }

  private static Value normalise(
      FunctionBuilder f, Value z, String name, boolean relu, Value residual, Mode mode) {
    Value gain = f.read(name + ".gain");
    Value bias = f.read(name + ".bias");
    String mean = name + ".mean";
    String variance = name + ".variance";
    if (mode == Mode.EVALUATE) {
      // gain / sqrt(variance + eps)
      Value scale = gain.div(f.read(variance).affine(1, EPS).sqrt());
      Value y = z.mul(scale).add(bias.sub(f.read(mean).mul(scale)));
      y = residual == null ? y : y.add(residual);
      return relu ? y.relu() : y;
    }
    Spatial.BatchNorm op = new Spatial.BatchNorm(EPS, relu);
    List<Value> r =
        residual == null ? f.applyAll(op, z, gain, bias) : f.applyAll(op, z, gain, bias, residual);
    double rows = z.shape().rows();
    // the running variance is that of a sample: n/(n - 1)
    Value unbiased = r.get(2).scale(rows > 1 ? rows / (rows - 1) : 1);
    follow(f, mean, r.get(1), mode);
    follow(f, variance, unbiased, mode);
    return r.get(0);
  }

  private static void follow(FunctionBuilder f, String state, Value now, Mode mode) {
    Value before = f.read(state);
    if (mode == Mode.TRAIN) {
      f.update(state, before.scale(1 - MOMENTUM).add(now.scale(MOMENTUM)));
    } else {
      Value share = Classifier.inverseCount(f);
      f.update(state, before.add(now.sub(before).mul(share)));
    }
  }
}
