package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The static extents of a tensor, outermost first; row-major. The empty shape is a scalar. Every
 * extent is at least one, and the number of elements fits an {@code int}.
 */
public record Shape(List<Integer> dims) {
  /** A tensor without axes: one element. */
  public static final Shape SCALAR = new Shape(List.of());

  public Shape {
    dims = List.copyOf(dims);
    long size = 1;
    for (int d : dims) {
      if (d < 1) {
        throw new IllegalArgumentException("shape " + dims + ": every extent must be at least 1");
      }
      size *= d;
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("shape " + dims + " has more than 2^31-1 elements");
      }
    }
  }

  /** A shape from its extents. */
  public static Shape of(int... dims) {
    List<Integer> list = new ArrayList<>(dims.length);
    for (int d : dims) {
      list.add(d);
    }
    return new Shape(list);
  }

  /** Number of axes. */
  public int rank() {
    return dims.size();
  }

  /** Extent of one axis; negative axes count from the end. */
  public int dim(int axis) {
    return dims.get(axis < 0 ? axis + rank() : axis);
  }

  /** Number of elements. */
  public int size() {
    return product(0, rank());
  }

  /** Product of the extents of the axes {@code [from, to)}. */
  public int product(int from, int to) {
    int n = 1;
    for (int d : dims.subList(from, to)) {
      n *= d;
    }
    return n;
  }

  /** All axes but the last: the rows of the tensor seen as a matrix. */
  public int rows() {
    return rank() == 0 ? 1 : product(0, rank() - 1);
  }

  /** This shape without the last axis. */
  public Shape withoutLast() {
    return new Shape(dims.subList(0, rank() - 1));
  }

  /** This shape with another last extent. */
  public Shape withLast(int extent) {
    return withoutLast().append(extent);
  }

  /** This shape with one more axis at the end. */
  public Shape append(int extent) {
    List<Integer> list = new ArrayList<>(dims);
    list.add(extent);
    return new Shape(list);
  }

  /** Whether this shape equals the trailing axes of {@code other}; a scalar is a suffix of all. */
  public boolean isSuffixOf(Shape other) {
    return rank() <= other.rank()
        && dims.equals(other.dims.subList(other.rank() - rank(), other.rank()));
  }

  @Override
  public String toString() {
    return dims.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }

  /** Reads what {@link #toString} prints. */
  public static Shape parse(String text) {
    if (!text.startsWith("[") || !text.endsWith("]")) {
      throw new IllegalArgumentException("expected a shape such as [2,3], got '" + text + "'");
    }
    String body = text.substring(1, text.length() - 1).strip();
    List<Integer> list = new ArrayList<>();
    if (!body.isEmpty()) {
      for (String part : body.split(",")) {
        list.add(Integer.parseInt(part.strip()));
      }
    }
    return new Shape(list);
  }
}
