package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.i32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.same;

import java.util.List;

/** Operations that work on each element by itself. */
public sealed interface Elementwise extends Op {
  /** Functions of one variable. */
  enum Function {
    EXP,
    LOG,
    SQRT,
    SQUARE,
    RECIPROCAL,
    TANH,
    SIGMOID,
    RELU,
    /** x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), Hendrycks and Gimpel 2016. */
    GELU,
    /** x sigmoid(x). */
    SILU,
    /** x P(X < x), X standard normal (Hendrycks and Gimpel 2016, eq. 1). */
    GELU_EXACT
  }

  /** Functions of two variables. */
  enum Operator {
    ADD,
    SUB,
    MUL,
    DIV
  }

  /** y = function(x). */
  record Unary(Function function) implements Elementwise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      f32(in.get(0), "operand");
      return in;
    }
  }

  /** dx = function'(x) dy: operands x, dy of the same shape. */
  record UnaryGrad(Function function) implements Elementwise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      f32(in.get(0), "operand");
      same(in.get(0), in.get(1), "dy");
      return List.of(in.get(0));
    }
  }

  /** y = a operator b; the shape of b equals that of a or its trailing axes (a scalar too). */
  record Binary(Operator operator) implements Elementwise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      f32(in.get(0), "first operand");
      f32(in.get(1), "second operand");
      require(
          in.get(1).shape().isSuffixOf(in.get(0).shape()),
          "second operand to have the shape or the trailing axes of " + in.get(0),
          in.get(1));
      return List.of(in.get(0));
    }
  }

  /** y = scale x + shift with constants. */
  record Affine(double scale, double shift) implements Elementwise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      f32(in.get(0), "operand");
      return in;
    }
  }

  /** y = x + by over integers: step counters. */
  record Increment(int by) implements Elementwise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      i32(in.get(0), "operand");
      return in;
    }
  }

  /** Integers to f32. */
  record ToFloat() implements Elementwise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      i32(in.get(0), "operand");
      return List.of(new TensorType(DType.F32, in.get(0).shape()));
    }
  }
}
