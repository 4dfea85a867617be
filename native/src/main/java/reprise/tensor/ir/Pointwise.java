package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.same;

import java.util.List;

/**
 * Further functions of each element, with constants; pairs of elements with broadcasting;
 * selection. Words for them stand in {@link Pointwises}.
 */
public sealed interface Pointwise extends Op {
  /** Functions of one variable x with constants a and b. */
  enum Curve {
    /** x where x > 0, else a x (Maas et al. 2013). */
    LEAKY_RELU,
    /** x where x > 0, else a (e^x - 1) (Clevert et al. 2016). */
    ELU,
    /** ln(1 + e^x). */
    SOFTPLUS,
    /** 2/sqrt(pi) times the integral of e^-t^2 from 0 to x. */
    ERF,
    /** x Phi(x), the exact form of Hendrycks and Gimpel 2016. */
    GELU_ERF,
    SIN,
    COS,
    /** |x|; derivative 0 at 0. */
    ABS,
    /** -1, 0 or 1; derivative 0. */
    SIGN,
    /** Derivative 0. */
    FLOOR,
    /** Derivative 0. */
    CEIL,
    /** To the nearest whole number, ties to even; derivative 0. */
    ROUND,
    /** min(max(x, a), b); derivative 1 on [a, b]. */
    CLAMP,
    /** x^a. */
    POWER,
    /** ln(1 + x). */
    LOG1P,
    /** e^x - 1. */
    EXPM1,
    /** 1/sqrt(x). */
    RSQRT
  }

  /** Functions of two variables; comparisons give 1 or 0 and have no derivative. */
  enum Pairing {
    ADD,
    SUB,
    MUL,
    DIV,
    /** The larger; where equal, the derivative goes to the first. */
    MAXIMUM,
    /** The smaller; where equal, the derivative goes to the first. */
    MINIMUM,
    /** a^b, a > 0 for a derivative. */
    POWER,
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_EQUAL,
    GREATER,
    GREATER_EQUAL
  }

  /** y = curve(x; a, b); constants a curve does not use are 0. */
  record Map(Curve curve, double a, double b) implements Pointwise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      f32(in.get(0), "operand");
      require(curve != Curve.CLAMP || a <= b, "a lower bound not above the upper", this);
      return in;
    }
  }

  /** dx = curve'(x) dy: operands x, dy of the same shape. */
  record MapGrad(Curve curve, double a, double b) implements Pointwise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      f32(in.get(0), "operand");
      same(in.get(0), in.get(1), "dy");
      return List.of(in.get(0));
    }
  }

  /**
   * y = a pairing b, b broadcast: its axes are those of a from the end, each of the same extent or
   * of extent 1, and repeat along those of extent 1 and those it lacks. At most six axes.
   */
  record Zip(Pairing pairing) implements Pointwise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      f32(in.get(0), "first operand");
      f32(in.get(1), "second operand");
      Shape a = in.get(0).shape();
      Shape b = in.get(1).shape();
      boolean fits = b.rank() <= a.rank() && a.rank() <= 6;
      for (int k = 1; fits && k <= b.rank(); k++) {
        fits = b.dim(-k) == 1 || b.dim(-k) == a.dim(-k);
      }
      require(
          fits, "second operand that broadcasts to at most six axes of " + in.get(0), in.get(1));
      return List.of(in.get(0));
    }
  }

  /** a where the mask is not 0, else b: operands mask, a, b of one shape. */
  record Select() implements Pointwise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 3);
      f32(in.get(0), "mask");
      same(in.get(0), in.get(1), "first choice");
      same(in.get(0), in.get(2), "second choice");
      return List.of(in.get(0));
    }
  }

  /** The operand as a constant: no derivative passes (stop-gradient). */
  record Detach() implements Pointwise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      f32(in.get(0), "operand");
      return in;
    }
  }
}
