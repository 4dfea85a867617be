package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import reprise.tensor.ir.Arrange.Running;

/** Words for {@link Arrange} operations, and reductions along any axis. Axes count from 0. */
public final class Arrangements {
  private Arrangements() {}

  private static Value apply(Value x, Op op) {
    return x.function().apply(op, x);
  }

  /** Sums of all values up to each along an axis. */
  public static Value cumulativeSum(Value x, int axis) {
    return apply(x, new Arrange.Scan(Running.SUM, axis, false));
  }

  /** Running folds along an axis, from its end with {@code reverse}. */
  public static Value cumulative(Running running, Value x, int axis, boolean reverse) {
    return apply(x, new Arrange.Scan(running, axis, reverse));
  }

  /** Position of the largest value along an axis; the first where equal. */
  public static Value argmax(Value x, int axis) {
    return apply(x, new Arrange.Best(true, axis));
  }

  /** Position of the smallest value along an axis; the first where equal. */
  public static Value argmin(Value x, int axis) {
    return apply(x, new Arrange.Best(false, axis));
  }

  private static Value fold(Value x, Layout.Fold fold, int axis) {
    return apply(x, new Layout.Reduce(fold, axis, axis + 1));
  }

  /** Largest value along an axis; the derivative goes to the first where equal. */
  public static Value max(Value x, int axis) {
    return fold(x, Layout.Fold.MAX, axis);
  }

  /** Smallest value along an axis; the derivative goes to the first where equal. */
  public static Value min(Value x, int axis) {
    return max(x.scale(-1), axis).scale(-1);
  }

  /** Mean along an axis. */
  public static Value mean(Value x, int axis) {
    return fold(x, Layout.Fold.MEAN, axis);
  }

  /** Product along an axis; its derivative is exact where values are zero too. */
  public static Value prod(Value x, int axis) {
    Value last = cumulative(Running.PROD, x, axis, false).slice(axis, x.shape().dim(axis) - 1, 1);
    return last.reshape(without(x.shape(), axis));
  }

  /** Mean of squared deviations along an axis, over n - {@code correction}. */
  public static Value variance(Value x, int axis, int correction) {
    int n = x.shape().dim(axis);
    TypeMismatch.require(correction < n, "more than " + correction + " values", x.type());
    Value centred = x.sub(mean(x, axis).expand(axis, n));
    return centred.square().sum(axis, axis + 1).scale(1.0 / (n - correction));
  }

  /** ln sum e^x along an axis, with the largest value taken out. */
  public static Value logSumExp(Value x, int axis) {
    Value top = Pointwises.detach(max(x, axis));
    Value rest = x.sub(top.expand(axis, x.shape().dim(axis))).exp();
    return rest.sum(axis, axis + 1).log().add(top);
  }

  /** e^x over its sum along an axis. */
  public static Value softmax(Value x, int axis) {
    return logSoftmax(x, axis).exp();
  }

  /** x less its log-sum-exp along an axis. */
  public static Value logSoftmax(Value x, int axis) {
    return x.sub(logSumExp(x, axis).expand(axis, x.shape().dim(axis)));
  }

  /** Values and positions along an axis in order; stable, NaN last. */
  public static List<Value> sort(Value x, int axis, boolean descending) {
    return topK(x, axis, x.shape().dim(axis), descending);
  }

  /** The first k values of the order, and their positions. */
  public static List<Value> topK(Value x, int axis, int k, boolean descending) {
    return x.function().applyAll(new Arrange.Order(axis, k, descending), x);
  }

  /** x at the positions given along an axis, for each line its own. */
  public static Value takeAlong(Value x, int axis, Value index) {
    return x.function().apply(new Arrange.TakeAlong(axis), x, index);
  }

  /** x at the same positions {@code index} [k] for all lines along an axis. */
  public static Value pick(Value x, int axis, Value index) {
    int rank = x.shape().rank();
    List<Integer> order = new ArrayList<>(List.of(axis));
    List<Integer> back = new ArrayList<>();
    for (int k = 0; k < rank; k++) {
      if (k != axis) {
        order.add(k);
      }
      back.add(k < axis ? k + 1 : k == axis ? 0 : k);
    }
    Value front = x.permute(order.toArray(Integer[]::new));
    Shape s = front.shape();
    Value rows = front.reshape(s.dim(0), s.product(1, rank)).gather(index);
    List<Integer> dims = new ArrayList<>(s.dims());
    dims.set(0, index.type().size());
    return rows.reshape(new Shape(dims)).permute(back.toArray(Integer[]::new));
  }

  /** 1 at the class, 0 elsewhere. */
  public static Value oneHot(Value index, int classes) {
    return apply(index, new Arrange.OneHot(classes));
  }

  /** One after the other along an axis. */
  public static Value concat(int axis, Value... parts) {
    return parts[0].function().apply(new Arrange.Concat(axis), parts);
  }

  /** Along a new axis. */
  public static Value stack(int axis, Value... parts) {
    List<Integer> dims = new ArrayList<>(parts[0].shape().dims());
    dims.add(axis, 1);
    Shape wide = new Shape(dims);
    return concat(axis, Arrays.stream(parts).map(p -> p.reshape(wide)).toArray(Value[]::new));
  }

  /** Consecutive parts of these lengths along an axis. */
  public static List<Value> split(Value x, int axis, int... lengths) {
    List<Value> parts = new ArrayList<>();
    int at = 0;
    for (int n : lengths) {
      parts.add(x.slice(axis, at, n));
      at += n;
    }
    TypeMismatch.require(
        at == x.shape().dim(axis), "parts that make up axis " + axis + " of " + x.type(), at);
    return parts;
  }

  /** From last to first along an axis. */
  public static Value reverse(Value x, int axis) {
    return apply(x, new Arrange.Reverse(axis));
  }

  /** Moved by some places along an axis, around its end. */
  public static Value roll(Value x, int axis, int places) {
    int n = x.shape().dim(axis);
    int by = Math.floorMod(places, n);
    return by == 0 ? x : concat(axis, x.slice(axis, n - by, by), x.slice(axis, 0, n - by));
  }

  /** On and below the diagonal moved up by k. */
  public static Value tril(Value x, int k) {
    return apply(x, new Arrange.Band(Integer.MIN_VALUE, k));
  }

  /** On and above the diagonal moved up by k. */
  public static Value triu(Value x, int k) {
    return apply(x, new Arrange.Band(k, Integer.MAX_VALUE));
  }

  /** The diagonals of square matrices [.., n, n]. */
  public static Value diagonal(Value x) {
    int n = x.shape().dim(-1);
    int rank = x.shape().rank();
    TypeMismatch.require(
        rank >= 2 && x.shape().dim(-2) == n, "square matrices [.., n, n]", x.type());
    // n^2 + n elements as [n, n + 1]: the diagonal is its first column
    Shape lead = x.shape().withoutLast().withoutLast();
    Value flat = x.reshape(lead.append(n * n));
    Value padded = x.function().apply(new Layout.Pad(rank - 2, 0, n), flat);
    return padded
        .reshape(lead.append(n).append(n + 1))
        .slice(rank - 1, 0, 1)
        .reshape(lead.append(n));
  }

  /** Matrices [.., n, n] with these diagonals [.., n]. */
  public static Value diagonalMatrix(Value d) {
    int n = d.shape().dim(-1);
    int rank = d.shape().rank();
    Shape lead = d.shape().withoutLast();
    Value column = d.reshape(d.shape().append(1));
    Value padded = d.function().apply(new Layout.Pad(rank, 0, n), column);
    return padded
        .reshape(lead.append(n * (n + 1)))
        .slice(rank - 1, 0, n * n)
        .reshape(lead.append(n).append(n));
  }

  /** Sum of the diagonal. */
  public static Value trace(Value x) {
    Value d = diagonal(x);
    int last = d.shape().rank() - 1;
    return d.sum(last, last + 1);
  }

  /** Matrix products with broadcasting of the leading axes. */
  public static Value matmul(Value a, Value b) {
    Shape la = a.shape().withoutLast().withoutLast();
    Shape lb = b.shape().withoutLast().withoutLast();
    int rank = Math.max(la.rank(), lb.rank());
    List<Integer> lead = new ArrayList<>();
    for (int k = rank; k >= 1; k--) {
      lead.add(Math.max(k <= la.rank() ? la.dim(-k) : 1, k <= lb.rank() ? lb.dim(-k) : 1));
    }
    Shape s = new Shape(lead);
    Value left = Pointwises.broadcast(a, s.append(a.shape().dim(-2)).append(a.shape().dim(-1)));
    Value right = Pointwises.broadcast(b, s.append(b.shape().dim(-2)).append(b.shape().dim(-1)));
    return left.matmul(right);
  }

  private static Shape without(Shape s, int axis) {
    List<Integer> dims = new ArrayList<>(s.dims());
    dims.remove(axis);
    return new Shape(dims);
  }
}
