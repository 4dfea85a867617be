package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.same;

import java.util.ArrayList;
import java.util.List;

/** Normalisation over the last axis of x [.., d]; statistics have the shape [..]. */
public sealed interface Normalise extends Op {
  /**
   * y = (x - mean) rstd gain (+ bias), rstd = 1/sqrt(var + eps), Ba et al. 2016 (1607.06450).
   * Operands x [.., d], gain [d], optionally bias [d]; results y, mean, rstd.
   */
  record LayerNorm(double eps) implements Normalise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      require(in.size() == 2 || in.size() == 3, "x, gain and optionally bias", in);
      vectors(in.get(0), in.subList(1, in.size()));
      TensorType rows = in.get(0).withShape(in.get(0).shape().withoutLast());
      return List.of(in.get(0), rows, rows);
    }
  }

  /** Operands x, gain, mean, rstd, dy; results dx, dgain and, where asked, dbias. */
  record LayerNormGrad(boolean bias) implements Normalise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 5);
      vectors(in.get(0), in.subList(1, 2));
      TensorType rows = in.get(0).withShape(in.get(0).shape().withoutLast());
      same(rows, in.get(2), "mean");
      same(rows, in.get(3), "rstd");
      same(in.get(0), in.get(4), "dy");
      List<TensorType> out = new ArrayList<>(List.of(in.get(0), in.get(1)));
      if (bias) {
        out.add(in.get(1));
      }
      return out;
    }
  }

  /**
   * y = x rstd gain, rstd = 1/sqrt(mean(x^2) + eps), Zhang and Sennrich 2019 (1910.07467). Operands
   * x [.., d], gain [d]; results y, rstd.
   */
  record RmsNorm(double eps) implements Normalise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      vectors(in.get(0), in.subList(1, 2));
      return List.of(in.get(0), in.get(0).withShape(in.get(0).shape().withoutLast()));
    }
  }

  /** Operands x, gain, rstd, dy; results dx, dgain. */
  record RmsNormGrad() implements Normalise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 4);
      vectors(in.get(0), in.subList(1, 2));
      same(in.get(0).withShape(in.get(0).shape().withoutLast()), in.get(2), "rstd");
      same(in.get(0), in.get(3), "dy");
      return List.of(in.get(0), in.get(1));
    }
  }

  /** Softmax over the last axis. */
  record Softmax() implements Normalise {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      f32(in.get(0), "operand");
      require(in.get(0).shape().rank() >= 1, "an axis to normalise", in.get(0));
      return in;
    }
  }

  private static void vectors(TensorType x, List<TensorType> vectors) {
    f32(x, "x");
    require(x.shape().rank() >= 1, "x with an axis to normalise", x);
    for (TensorType v : vectors) {
      same(TensorType.f32(x.shape().dim(-1)), v, "gain and bias");
    }
  }
}
