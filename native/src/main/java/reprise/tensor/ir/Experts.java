package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.i32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.same;

import java.util.List;

/**
 * Mixtures of experts (Shazeer et al. 2017, 1701.06538; Lepikhin et al. 2020, 2006.16668): which
 * token goes to which expert, moving rows there and back, products of each expert's rows. Expert e
 * has the slots e C .. e C + C - 1, C its capacity.
 */
public sealed interface Experts extends Op {
  /**
   * The k most probable experts of each token, ties to the smaller number, and a slot for each:
   * first all first choices in the order of tokens, then all second choices; -1 where the expert is
   * full. Operand probabilities [N, E]; results, all i32: expert [N, k], slot [N, k], counts [E] of
   * choices before any were dropped.
   */
  record Route(int active, int capacity) implements Experts {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      f32(in.get(0), "probabilities");
      require(in.get(0).shape().rank() == 2, "probabilities [N, E]", in.get(0));
      int n = in.get(0).shape().dim(0);
      int experts = in.get(0).shape().dim(1);
      require(
          active >= 1 && active <= experts && capacity >= 1,
          "between 1 and " + experts + " active experts with capacity",
          active + " of capacity " + capacity);
      TensorType choice = TensorType.i32(n, active);
      return List.of(choice, choice, TensorType.i32(experts));
    }
  }

  /** gates [N, k]: entries expert [N, k] of the rows of probabilities [N, E]. */
  record Pick() implements Experts {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      f32(in.get(0), "probabilities");
      require(in.get(0).shape().rank() == 2, "probabilities [N, E]", in.get(0));
      choices(in.get(1), in.get(0).shape().dim(0), "expert");
      return List.of(new TensorType(DType.F32, in.get(1).shape()));
    }
  }

  /** The derivative of {@link Pick}: dgates and expert [N, k] to [N, E], zeros elsewhere. */
  record PickGrad(int experts) implements Experts {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      f32(in.get(0), "dgates");
      i32(in.get(1), "expert");
      require(
          in.get(0).shape().equals(in.get(1).shape()) && in.get(0).shape().rank() == 2,
          "expert like dgates " + in.get(0),
          in.get(1));
      return List.of(TensorType.f32(in.get(0).shape().dim(0), experts));
    }
  }

  /**
   * Row slot[n, j] of the result [slots, d] is x[n], times gates[n, j] where given; zeros in empty
   * slots. Operands x [N, d], slot i32 [N, k], optionally gates [N, k].
   */
  record Dispatch(int slots) implements Experts {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      int k = moved(in, "x [N, d]");
      require(k >= 1 && in.get(0).shape().dim(0) == in.get(1).shape().dim(0), "N slots", in);
      return List.of(TensorType.f32(slots, in.get(0).shape().dim(1)));
    }
  }

  /**
   * Row n of the result [N, d] is the sum of y[slot[n, j]], times gates[n, j] where given, over the
   * choices that were not dropped. Operands y [slots, d], slot i32 [N, k], optionally gates [N, k].
   */
  record Combine() implements Experts {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      moved(in, "y [slots, d]");
      return List.of(TensorType.f32(in.get(1).shape().dim(0), in.get(0).shape().dim(1)));
    }
  }

  /** x[n] . y[slot[n, j]], 0 where dropped: [N, k] of x [N, d], y [slots, d], slot i32 [N, k]. */
  record SlotDots() implements Experts {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 3);
      moved(List.of(in.get(1), in.get(2)), "y [slots, d]");
      same(TensorType.f32(in.get(2).shape().dim(0), in.get(1).shape().dim(1)), in.get(0), "x");
      return List.of(new TensorType(DType.F32, in.get(2).shape()));
    }
  }

  /**
   * The products of each expert's rows: y[e] = x[e] w[e] for the first counts[e] rows of x [E, C,
   * k], zeros below; w [E, k, n], or [E, n, k] where transposed.
   */
  record GroupedMatMul(boolean transposed) implements Experts {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 3);
      Shape x = three(in.get(0), "x [E, C, k]");
      Shape w = three(in.get(1), "w [E, k, n]");
      require(
          w.dim(0) == x.dim(0) && w.dim(transposed ? 2 : 1) == x.dim(2),
          "w for x " + in.get(0),
          in.get(1));
      same(TensorType.i32(x.dim(0)), in.get(2), "counts");
      return List.of(TensorType.f32(x.dim(0), x.dim(1), w.dim(transposed ? 1 : 2)));
    }
  }

  /** a[e]' b[e] over the first counts[e] rows: [E, k, n] of a [E, C, k], b [E, C, n], counts. */
  record GroupedOuter() implements Experts {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 3);
      Shape a = three(in.get(0), "a [E, C, k]");
      Shape b = three(in.get(1), "b [E, C, n]");
      require(a.dim(0) == b.dim(0) && a.dim(1) == b.dim(1), "b with the rows of a " + a, in.get(1));
      same(TensorType.i32(a.dim(0)), in.get(2), "counts");
      return List.of(TensorType.f32(a.dim(0), a.dim(2), b.dim(2)));
    }
  }

  private static Shape three(TensorType t, String what) {
    f32(t, what);
    require(t.shape().rank() == 3, what, t);
    return t.shape();
  }

  private static void choices(TensorType t, int n, String what) {
    i32(t, what);
    require(t.shape().rank() == 2 && t.shape().dim(0) == n, what + " [" + n + ",k]", t);
  }

  private static int moved(List<TensorType> in, String what) {
    require(in.size() == 2 || in.size() == 3, what + ", slot and optionally gates", in);
    f32(in.get(0), what);
    require(in.get(0).shape().rank() == 2, what, in.get(0));
    i32(in.get(1), "slot");
    require(in.get(1).shape().rank() == 2, "slot [N, k]", in.get(1));
    if (in.size() == 3) {
      same(new TensorType(DType.F32, in.get(1).shape()), in.get(2), "gates");
    }
    return in.get(1).shape().dim(1);
  }
}
