package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.same;

import java.util.ArrayList;
import java.util.List;

/**
 * Operations of convolutional nets. Images have their channels last, [N, H, W, C], so that the
 * channels of a pixel and of neighbouring columns are contiguous; weights are [ky, kx, C / groups,
 * O]. A signal [N, T, C] is an image of height 1.
 */
public sealed interface Spatial extends Op {
  /**
   * Strides, zero padding on both sides and dilation of a window of ky x kx.
   *
   * <p>The result has floor((H + 2 padding - dilation (k - 1) - 1) / stride) + 1 rows (Dumoulin and
   * Visin 2016, 1603.07285, relationship 14).
   */
  static int extent(int n, int k, int stride, int padding, int dilation) {
    return Math.floorDiv(n + 2 * padding - dilation * (k - 1) - 1, stride) + 1;
  }

  /**
   * y[n, oy, ox, o] = sum over ky, kx, c of x[n, oy strideY - paddingY + ky dilationY, .., c] w[ky,
   * kx, c, o], with zeros outside the image. With groups the channels and the results are cut into
   * that many equal parts, each convolved by itself; groups = C = O is the depthwise convolution.
   * Operands x [N, H, W, C], w [ky, kx, C / groups, O].
   */
  record Conv2d(
      int strideY,
      int strideX,
      int paddingY,
      int paddingX,
      int dilationY,
      int dilationX,
      int groups)
      implements Spatial {
    /** One stride and one padding for both axes, no dilation, one group. */
    public static Conv2d of(int stride, int padding) {
      return new Conv2d(stride, stride, padding, padding, 1, 1, 1);
    }

    /** The same in groups. */
    public Conv2d groups(int number) {
      return new Conv2d(strideY, strideX, paddingY, paddingX, dilationY, dilationX, number);
    }

    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      image(in.get(0), "image");
      image(in.get(1), "weights");
      Shape x = in.get(0).shape();
      Shape w = in.get(1).shape();
      require(
          groups >= 1 && x.dim(3) % groups == 0 && w.dim(3) % groups == 0,
          "a number of groups that divides the channels of " + x + " and the results of " + w,
          groups);
      require(
          w.dim(2) == x.dim(3) / groups,
          "weights [ky, kx, " + x.dim(3) / groups + ", O] for " + x + " in " + groups + " groups",
          w);
      return List.of(TensorType.f32(x.dim(0), rows(x, w), columns(x, w), w.dim(3)));
    }

    private int rows(Shape x, Shape w) {
      return window(x.dim(1), w.dim(0), strideY, paddingY, dilationY);
    }

    private int columns(Shape x, Shape w) {
      return window(x.dim(2), w.dim(1), strideX, paddingX, dilationX);
    }
  }

  /**
   * Gradient of {@link Conv2d} for its image, which is the transposed convolution: operands dy, w;
   * result [N, height, width, C].
   */
  record Conv2dInputGrad(
      int strideY,
      int strideX,
      int paddingY,
      int paddingX,
      int dilationY,
      int dilationX,
      int groups,
      int height,
      int width)
      implements Spatial {
    static Conv2dInputGrad of(Conv2d c, int height, int width) {
      return new Conv2dInputGrad(
          c.strideY,
          c.strideX,
          c.paddingY,
          c.paddingX,
          c.dilationY,
          c.dilationX,
          c.groups,
          height,
          width);
    }

    /** The convolution this belongs to. */
    public Conv2d convolution() {
      return new Conv2d(strideY, strideX, paddingY, paddingX, dilationY, dilationX, groups);
    }

    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      image(in.get(0), "dy");
      image(in.get(1), "weights");
      Shape dy = in.get(0).shape();
      int channels = in.get(1).shape().dim(2) * groups;
      TensorType x = TensorType.f32(dy.dim(0), height, width, channels);
      same(convolution().infer(List.of(x, in.get(1))).getFirst(), in.get(0), "dy");
      return List.of(x);
    }
  }

  /** Gradient of {@link Conv2d} for its weights: operands x, dy; result [ky, kx, C / groups, O]. */
  record Conv2dWeightGrad(
      int strideY,
      int strideX,
      int paddingY,
      int paddingX,
      int dilationY,
      int dilationX,
      int groups,
      int ky,
      int kx)
      implements Spatial {
    static Conv2dWeightGrad of(Conv2d c, int ky, int kx) {
      return new Conv2dWeightGrad(
          c.strideY, c.strideX, c.paddingY, c.paddingX, c.dilationY, c.dilationX, c.groups, ky, kx);
    }

    /** The convolution this belongs to. */
    public Conv2d convolution() {
      return new Conv2d(strideY, strideX, paddingY, paddingX, dilationY, dilationX, groups);
    }

    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      image(in.get(0), "image");
      image(in.get(1), "dy");
      int channels = in.get(0).shape().dim(3);
      require(
          groups >= 1 && channels % groups == 0,
          "a number of groups that divides the channels of " + in.get(0),
          groups);
      TensorType w = TensorType.f32(ky, kx, channels / groups, in.get(1).shape().dim(3));
      same(convolution().infer(List.of(in.get(0), w)).getFirst(), in.get(1), "dy");
      return List.of(w);
    }
  }

  /** What {@link Pool2d} takes of a window. */
  enum Pooling {
    /** The largest element; padding never wins. */
    MAX,
    /** The sum over ky kx, so that padding counts as zeros. */
    MEAN
  }

  /** Pooling over windows of each channel: operand x [N, H, W, C]. */
  record Pool2d(
      Pooling pooling, int ky, int kx, int strideY, int strideX, int paddingY, int paddingX)
      implements Spatial {
    /** Square windows. */
    public static Pool2d of(Pooling pooling, int size, int stride, int padding) {
      return new Pool2d(pooling, size, size, stride, stride, padding, padding);
    }

    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      image(in.get(0), "image");
      require(
          paddingY < ky && paddingX < kx,
          "padding smaller than the window of " + ky + "x" + kx,
          paddingY + ", " + paddingX);
      Shape x = in.get(0).shape();
      return List.of(
          TensorType.f32(
              x.dim(0),
              window(x.dim(1), ky, strideY, paddingY, 1),
              window(x.dim(2), kx, strideX, paddingX, 1),
              x.dim(3)));
    }
  }

  /**
   * Gradient of {@link Pool2d}: operands x, y, dy. The first of several equal maxima, row by row,
   * takes all of dy.
   */
  record Pool2dGrad(
      Pooling pooling, int ky, int kx, int strideY, int strideX, int paddingY, int paddingX)
      implements Spatial {
    static Pool2dGrad of(Pool2d p) {
      return new Pool2dGrad(p.pooling, p.ky, p.kx, p.strideY, p.strideX, p.paddingY, p.paddingX);
    }

    /** The pooling this belongs to. */
    public Pool2d pool() {
      return new Pool2d(pooling, ky, kx, strideY, strideX, paddingY, paddingX);
    }

    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 3);
      TensorType y = pool().infer(in.subList(0, 1)).getFirst();
      same(y, in.get(1), "y");
      same(y, in.get(2), "dy");
      return List.of(in.get(0));
    }
  }

  /**
   * Normalisation of each channel over all other axes (Ioffe and Szegedy 2015, 1502.03167,
   * algorithm 1): y = (x - mean) rstd gain + bias, rstd = 1/sqrt(variance + eps), variance with
   * 1/n; then the residual is added, where there is one, and with {@code relu} max(., 0) taken.
   * Operands x [.., C], gain [C], bias [C], optionally residual [.., C]; results y, mean [C],
   * variance [C].
   */
  record BatchNorm(double eps, boolean relu) implements Spatial {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      require(in.size() == 3 || in.size() == 4, "x, gain, bias and optionally a residual", in);
      TensorType channel = channel(in.get(0));
      same(channel, in.get(1), "gain");
      same(channel, in.get(2), "bias");
      if (in.size() == 4) {
        same(in.get(0), in.get(3), "residual");
      }
      return List.of(in.get(0), channel, channel);
    }
  }

  /**
   * Gradient of {@link BatchNorm}: operands x, gain, bias, mean, variance, dy and, with a residual,
   * y; results dx, dgain, dbias and, with a residual, its gradient.
   */
  record BatchNormGrad(double eps, boolean relu, boolean residual) implements Spatial {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, residual ? 7 : 6);
      TensorType channel = channel(in.get(0));
      for (int i = 1; i < 5; i++) {
        same(channel, in.get(i), "gain, bias, mean and variance");
      }
      List<TensorType> out = new ArrayList<>(List.of(in.get(0), channel, channel));
      for (int i = 5; i < in.size(); i++) {
        same(in.get(0), in.get(i), "dy and y");
      }
      if (residual) {
        out.add(in.get(0));
      }
      return out;
    }
  }

  private static TensorType channel(TensorType x) {
    f32(x, "x");
    require(x.shape().rank() >= 2, "x with two or more axes", x);
    return TensorType.f32(x.shape().dim(-1));
  }

  private static void image(TensorType t, String what) {
    f32(t, what);
    require(t.shape().rank() == 4, what + " with four axes", t);
  }

  private static int window(int n, int k, int stride, int padding, int dilation) {
    require(
        stride >= 1 && padding >= 0 && dilation >= 1,
        "stride and dilation of at least 1, padding of at least 0",
        stride + ", " + dilation + ", " + padding);
    int result = extent(n, k, stride, padding, dilation);
    require(
        result >= 1,
        "a window of at most " + (n + 2 * padding) + " (extent " + n + " with padding)",
        dilation * (k - 1) + 1);
    return result;
  }
}
