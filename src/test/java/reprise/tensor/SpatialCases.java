package reprise.tensor;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.OpCases.Case;
import reprise.tensor.OpCases.Fill;
import reprise.tensor.OpCases.Operand;
import reprise.tensor.ir.Examples;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Op;
import reprise.tensor.ir.Spatial;
import reprise.tensor.ir.Spatial.Conv2d;
import reprise.tensor.ir.Spatial.Pool2d;
import reprise.tensor.ir.Spatial.Pooling;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/** Convolutions, pooling and batch normalisation at sizes that do not fit vectors. */
final class SpatialCases {
  private final List<Case> cases = new ArrayList<>();

  static List<Case> all() {
    SpatialCases c = new SpatialCases();
    c.convolutions();
    c.secondDerivatives();
    c.pooling();
    c.batchNorm();
    c.examples();
    return c.cases;
  }

  private static Operand f(int... dims) {
    return new Operand(TensorType.f32(dims), Fill.NORMAL, 0);
  }

  private void add(String name, Op op, Operand... operands) {
    cases.add(
        new Case(
            name, List.of(operands), (f, in) -> f.applyAll(op, in.toArray(Value[]::new)), true));
  }

  private void convolutions() {
    add("conv2d 3x3", Conv2d.of(1, 1), f(3, 9, 13, 5), f(3, 3, 5, 19));
    add("conv2d 3x3 narrow", Conv2d.of(1, 1), f(2, 8, 8, 16), f(3, 3, 16, 16));
    add("conv2d two panels", Conv2d.of(1, 1), f(2, 5, 11, 12), f(3, 3, 12, 35));
    add("conv2d without padding", Conv2d.of(1, 0), f(2, 7, 6, 3), f(3, 2, 3, 4));
    add("conv2d 1x1", Conv2d.of(1, 0), f(2, 5, 7, 6), f(1, 1, 6, 9));
    add("conv2d stride 2", Conv2d.of(2, 1), f(2, 9, 8, 5), f(3, 3, 5, 7));
    add("conv2d 1x1, stride 2", Conv2d.of(2, 0), f(2, 9, 8, 5), f(1, 1, 5, 7));
    add("conv2d stride 3 of 5x4", Conv2d.of(3, 2), f(1, 11, 13, 3), f(5, 4, 3, 5));
    add("conv2d dilated", new Conv2d(1, 1, 2, 2, 2, 2, 1), f(2, 9, 7, 4), f(3, 3, 4, 6));
    add(
        "conv2d dilated, strides apart",
        new Conv2d(2, 3, 3, 1, 3, 2, 1),
        f(2, 12, 10, 4),
        f(3, 3, 4, 6));
    add("conv2d in groups", Conv2d.of(1, 1).groups(3), f(2, 5, 7, 12), f(3, 3, 4, 9));
    add("conv2d in groups, stride 2", Conv2d.of(2, 1).groups(2), f(2, 5, 7, 6), f(3, 3, 3, 4));
    add("conv2d depthwise", Conv2d.of(1, 1).groups(13), f(2, 5, 7, 13), f(3, 3, 1, 13));
    add("conv2d depthwise, stride 2", Conv2d.of(2, 1).groups(9), f(2, 6, 7, 9), f(3, 3, 1, 9));
    add("conv2d of one channel", Conv2d.of(1, 1), f(2, 5, 7, 1), f(3, 3, 1, 1));
    add("conv2d depth multiplier", Conv2d.of(1, 1).groups(3), f(2, 5, 5, 3), f(3, 3, 1, 6));
    add(
        "conv1d as an image of height 1",
        new Conv2d(1, 2, 0, 2, 1, 1, 1),
        f(3, 1, 40, 2),
        f(1, 5, 2, 25));
    add("conv2d padding beyond the kernel", Conv2d.of(1, 3), f(1, 2, 3, 2), f(2, 2, 2, 3));
    // Bands: an image whose padded lines do not fit one.
    add("conv2d in bands", Conv2d.of(1, 1), f(1, 23, 61, 32), f(3, 3, 32, 3));
    add("conv2d in bands, stride 2", Conv2d.of(2, 1), f(1, 47, 61, 16), f(3, 3, 16, 5));
    add("conv2d of many images", Conv2d.of(1, 1), f(37, 3, 3, 2), f(3, 3, 2, 3));
  }

  /** A convolution is linear in both operands: the gradients of its gradients are convolutions. */
  private void secondDerivatives() {
    for (int groups : new int[] {1, 2}) {
      Conv2d c = Conv2d.of(2, 1).groups(groups);
      cases.add(
          new Case(
              "gradient of conv2d for the image, differentiated, groups " + groups,
              List.of(f(2, 5, 6, 4), f(3, 3, 4 / groups, 6), f(2, 3, 3, 6)),
              (b, in) -> List.of(gradient(b, c, in, 0)),
              true));
      cases.add(
          new Case(
              "gradient of conv2d for the weights, differentiated, groups " + groups,
              List.of(f(2, 5, 6, 4), f(3, 3, 4 / groups, 6), f(2, 3, 3, 6)),
              (b, in) -> List.of(gradient(b, c, in, 1)),
              true));
    }
  }

  private static Value gradient(FunctionBuilder b, Conv2d c, List<Value> in, int of) {
    Value y = b.apply(c, in.get(0), in.get(1)).mul(in.get(2));
    return b.gradients(y.sum(), List.of(in.get(of))).getFirst();
  }

  private void pooling() {
    for (Pooling p : Pooling.values()) {
      add("pool2d " + p, Pool2d.of(p, 2, 2, 0), f(2, 6, 8, 5));
      add("pool2d overlapping " + p, Pool2d.of(p, 3, 2, 1), f(2, 7, 6, 11));
      add("pool1d " + p, new Pool2d(p, 1, 4, 1, 3, 0, 1), f(2, 1, 19, 3));
    }
  }

  private void batchNorm() {
    for (boolean relu : new boolean[] {false, true}) {
      Op op = new Spatial.BatchNorm(1e-5, relu);
      String with = relu ? " and relu" : "";
      add("batch_norm" + with, op, f(3, 5, 7, 13), f(13), f(13));
      add("batch_norm, residual" + with, op, f(2, 5, 7, 9), f(9), f(9), f(2, 5, 7, 9));
      add("batch_norm of several chunks" + with, op, f(1003, 5), f(5), f(5));
    }
  }

  private void examples() {
    for (Examples.Order o : Examples.Order.values()) {
      for (int n : new int[] {7, 37, 1000}) {
        forward("batch " + o + " of " + n, new Examples.Batch(o, n, 7, 5), index(90));
      }
    }
    forward("labels", new Examples.Labels(), index(10, 30), index(30, 7));
    forward("correct", new Examples.Correct(), f(20, 3), index(3, 20));
    Operand share = new Operand(TensorType.f32(), Fill.POSITIVE, 0);
    cases.add(
        new Case(
            "noisy_labels",
            List.of(index(10, 50), index(1000, 50), share, index(5)),
            (f, in) ->
                f.applyAll(
                    new Examples.NoisyLabels(10, 3),
                    in.get(0),
                    in.get(1),
                    in.get(2).scale(0.2),
                    in.get(3)),
            false));
    for (boolean fixed : new boolean[] {false, true}) {
      forward(
          "retell" + (fixed ? ", fixed words" : ""),
          new Examples.Retell(fixed, 6),
          index(40, 11, 3),
          index(40, 11, 5),
          index(16, 7, 4, 6),
          index(11, 9),
          index(90));
    }
    forward("augment", new Examples.Augment(2, true, 4), f(9, 5, 7, 3), index(9));
    forward("augment without mirror", new Examples.Augment(1, false, 4), f(3, 5, 4, 1), index(9));
  }

  private static Operand index(int limit, int... dims) {
    return new Operand(TensorType.i32(dims), Fill.INDEX, limit);
  }

  private void forward(String name, Op op, Operand... operands) {
    cases.add(
        new Case(
            name, List.of(operands), (f, in) -> f.applyAll(op, in.toArray(Value[]::new)), false));
  }
}
