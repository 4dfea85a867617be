package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.i32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.same;

import java.util.ArrayList;
import java.util.List;

/**
 * Running folds, orderings and positions along one axis. An index outside its axis stops the run
 * with a message. Words stand in {@link Arrangements}.
 */
public sealed interface Arrange extends Op {
  /** How {@link Scan} folds. */
  enum Running {
    SUM,
    PROD,
    /** The derivative goes to the first of equal values. */
    MAX
  }

  /** y_i = fold of x_0 .. x_i along an axis, or of x_i .. x_n-1 in reverse. */
  record Scan(Running running, int axis, boolean reverse) implements Arrange {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      inside(in.get(0), axis);
      return in;
    }
  }

  /** dx of a product or maximum: operands x, y, dy of one shape. */
  record ScanGrad(Running running, int axis, boolean reverse) implements Arrange {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 3);
      inside(in.get(0), axis);
      same(in.get(0), in.get(1), "y");
      same(in.get(0), in.get(2), "dy");
      require(running != Running.SUM, "a product or maximum", running);
      return List.of(in.get(0));
    }
  }

  /** Position of the largest or smallest value along an axis, the first where equal: i32. */
  record Best(boolean largest, int axis) implements Arrange {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      inside(in.get(0), axis);
      List<Integer> dims = new ArrayList<>(in.get(0).shape().dims());
      dims.remove(axis);
      return List.of(new TensorType(DType.I32, new Shape(dims)));
    }
  }

  /**
   * The first k values along an axis in ascending or descending order, and their positions; equal
   * values keep their order (stable), NaN comes last. Results values f32 and positions i32.
   */
  record Order(int axis, int k, boolean descending) implements Arrange {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      inside(in.get(0), axis);
      require(
          k >= 1 && k <= in.get(0).shape().dim(axis),
          "between one and all values of axis " + axis + " of " + in.get(0),
          k);
      TensorType values = resized(in.get(0), axis, k);
      return List.of(values, new TensorType(DType.I32, values.shape()));
    }
  }

  /** y[.., i, ..] = x[.., index[.., i, ..], ..]: operands x, index, alike but for the axis. */
  record TakeAlong(int axis) implements Arrange {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      inside(in.get(0), axis);
      i32(in.get(1), "index");
      Shape index = in.get(1).shape();
      require(
          index.rank() == in.get(0).shape().rank()
              && resized(in.get(0), axis, index.dim(axis)).shape().equals(index),
          "an index that differs from " + in.get(0) + " in axis " + axis + " only",
          in.get(1));
      return List.of(in.get(0).withShape(index));
    }
  }

  /** y[.., index[.., i, ..], ..] += x[.., i, ..] from zero, in order of i: operands index, x. */
  record PutAlong(int axis, int extent) implements Arrange {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      i32(in.get(0), "index");
      inside(in.get(1), axis);
      same(new TensorType(DType.I32, in.get(1).shape()), in.get(0), "index");
      return List.of(resized(in.get(1), axis, extent));
    }
  }

  /** 1 at the class, 0 elsewhere: i32 [..] to f32 [.., classes]. */
  record OneHot(int classes) implements Arrange {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      i32(in.get(0), "index");
      return List.of(new TensorType(DType.F32, in.get(0).shape().append(classes)));
    }
  }

  /** Operands of one element type, f32 or i32, one after the other along an axis. */
  record Concat(int axis) implements Arrange {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      require(!in.isEmpty(), "at least one operand", in);
      require(axis >= 0 && axis < in.get(0).shape().rank(), "an axis of " + in.get(0), axis);
      int sum = 0;
      for (TensorType t : in) {
        require(
            t.shape().rank() == in.get(0).shape().rank()
                && resized(in.get(0), axis, t.shape().dim(axis)).equals(t),
            "operands that differ from " + in.get(0) + " in axis " + axis + " only",
            t);
        sum += t.shape().dim(axis);
      }
      return List.of(resized(in.get(0), axis, sum));
    }
  }

  /** The elements of one axis from last to first. */
  record Reverse(int axis) implements Arrange {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      inside(in.get(0), axis);
      return in;
    }
  }

  /** Keeps elements of matrices with lower <= column - row <= upper, zero elsewhere. */
  record Band(int lower, int upper) implements Arrange {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      f32(in.get(0), "operand");
      require(in.get(0).shape().rank() >= 2, "matrices [.., n, m]", in.get(0));
      return in;
    }
  }

  /** 0, 1, .., n - 1 as i32. */
  record Iota(int n) implements Arrange {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 0);
      return List.of(TensorType.i32(n));
    }
  }

  private static void inside(TensorType x, int axis) {
    f32(x, "operand");
    require(axis >= 0 && axis < x.shape().rank(), "an axis of " + x, axis);
  }

  private static TensorType resized(TensorType x, int axis, int extent) {
    List<Integer> dims = new ArrayList<>(x.shape().dims());
    dims.set(axis, extent);
    return x.withShape(new Shape(dims));
  }
}
