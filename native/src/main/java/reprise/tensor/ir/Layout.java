package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.require;

import java.util.ArrayList;
import java.util.List;

/** Sources of values, changes of shape, and reductions. */
public sealed interface Layout extends Op {
  /** How {@link Reduce} folds. */
  enum Fold {
    SUM,
    MEAN,
    MAX
  }

  /** The value of a state tensor at the beginning of the step. */
  record Read(String state, TensorType type) implements Layout {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 0);
      return List.of(type);
    }
  }

  /** A tensor with one value everywhere. */
  record Fill(double value, TensorType type) implements Layout {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 0);
      require(
          type.dtype() == DType.F32 || value == Math.rint(value), "a whole number for i32", value);
      return List.of(type);
    }
  }

  /** The same elements in the same order under another shape. */
  record Reshape(Shape shape) implements Layout {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      require(
          in.get(0).size() == shape.size(),
          "a shape of " + in.get(0).size() + " elements for " + in.get(0),
          shape);
      return List.of(in.get(0).withShape(shape));
    }
  }

  /** Reorders the axes: axis i of the result is axis order[i] of the operand. */
  record Permute(List<Integer> order) implements Layout {
    public Permute {
      order = List.copyOf(order);
    }

    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      f32(in.get(0), "operand");
      require(
          order.size() <= 6
              && order.stream().sorted().toList().equals(axes(in.get(0).shape().rank())),
          "a permutation of at most six axes of " + in.get(0),
          order);
      List<Integer> dims = new ArrayList<>();
      for (int axis : order) {
        dims.add(in.get(0).shape().dim(axis));
      }
      return List.of(in.get(0).withShape(new Shape(dims)));
    }

    private static List<Integer> axes(int rank) {
      List<Integer> list = new ArrayList<>();
      for (int i = 0; i < rank; i++) {
        list.add(i);
      }
      return list;
    }
  }

  /** The elements start .. start+length-1 of one axis. */
  record Slice(int axis, int start, int length) implements Layout {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      TensorType x = in.get(0);
      f32(x, "operand");
      require(axis >= 0 && axis < x.shape().rank(), "an axis of " + x, axis);
      require(
          start >= 0 && length >= 1 && start + length <= x.shape().dim(axis),
          "a range inside axis " + axis + " of " + x,
          start + "+" + length);
      List<Integer> dims = new ArrayList<>(x.shape().dims());
      dims.set(axis, length);
      return List.of(x.withShape(new Shape(dims)));
    }
  }

  /** The operand with zeros before and after along one axis: the derivative of {@link Slice}. */
  record Pad(int axis, int before, int after) implements Layout {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      TensorType x = in.get(0);
      f32(x, "operand");
      require(axis >= 0 && axis < x.shape().rank(), "an axis of " + x, axis);
      require(before >= 0 && after >= 0, "no negative padding", before + ", " + after);
      List<Integer> dims = new ArrayList<>(x.shape().dims());
      dims.set(axis, before + dims.get(axis) + after);
      return List.of(x.withShape(new Shape(dims)));
    }
  }

  /** Repeats the operand along new axes of these extents, inserted before axis {@code at}. */
  record Expand(int at, Shape extents) implements Layout {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      f32(in.get(0), "operand");
      require(at >= 0 && at <= in.get(0).shape().rank(), "a position in " + in.get(0), at);
      List<Integer> dims = new ArrayList<>(in.get(0).shape().dims());
      dims.addAll(at, extents.dims());
      return List.of(in.get(0).withShape(new Shape(dims)));
    }
  }

  /** Folds the axes {@code [from, to)} away. */
  record Reduce(Fold fold, int from, int to) implements Layout {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      f32(in.get(0), "operand");
      require(
          from >= 0 && from <= to && to <= in.get(0).shape().rank(),
          "a range of axes of " + in.get(0),
          from + ".." + to);
      List<Integer> dims = new ArrayList<>(in.get(0).shape().dims());
      dims.subList(from, to).clear();
      return List.of(in.get(0).withShape(new Shape(dims)));
    }
  }
}
