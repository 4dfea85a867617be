package reprise.tensor.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.LinearAlgebra;
import reprise.tensor.ir.Pointwises;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;
import reprise.tensor.model.Decoder.Parameter;
import reprise.tensor.model.Decoder.Role;

/**
 * Matrices W [in, out] of a model under a {@link Reparametrisation}, made of existing operations.
 *
 * <p>State beside W: {@code spectral.<name>} [in], the singular vector u of the inputs, and where
 * the multiple is trained the parameter {@code <name>.gamma} [].
 */
final class SpectralWeights {
  private final Reparametrisation kind;

  SpectralWeights(Reparametrisation kind) {
    this.kind = kind;
  }

  /** A model's parameters, and after them the multiples: matrices are drawn as without. */
  List<Parameter> with(List<Parameter> parameters) {
    List<Parameter> all = new ArrayList<>(parameters);
    for (Parameter p : parameters) {
      if (kind.scaled() && covers(p)) {
        all.add(new Parameter(gamma(p.name()), Role.GAIN, Shape.of(), 0));
      }
    }
    return all;
  }

  /** Whether a parameter is the matrix of a linear map; embeddings are tables. */
  boolean covers(Parameter p) {
    return kind != Reparametrisation.NONE && (p.role() == Role.MATRIX || p.role() == Role.HEAD);
  }

  void declare(ProgramBuilder b, List<Parameter> parameters) {
    for (Parameter p : parameters) {
      if (covers(p)) {
        b.state(vector(p.name()), TensorType.f32(p.shape().dim(0)), State.Kind.STATISTIC);
      }
    }
  }

  /** Exact singular vectors of the matrices as they are drawn. */
  void initialise(FunctionBuilder f, List<Parameter> parameters, Map<String, Value> drawn) {
    for (Parameter p : parameters) {
      if (covers(p)) {
        List<Value> svd = LinearAlgebra.svd(drawn.get(p.name()));
        f.update(vector(p.name()), svd.get(0).slice(1, 0, 1).reshape(p.shape().dim(0)));
        if (kind == Reparametrisation.SIGMA_FROM_NORM) {
          f.update(gamma(p.name()), svd.get(1).slice(0, 0, 1).reshape(Shape.of()));
        }
      }
    }
  }

  /**
   * What products use in place of a matrix.
   *
   * @param training whether the singular vector moves on
   */
  Value of(FunctionBuilder f, String name, boolean training) {
    Value w = f.read(name);
    if (kind == Reparametrisation.NONE) {
      return w;
    }
    int in = w.shape().dim(0);
    int out = w.shape().dim(1);
    Value before = f.read(vector(name)).reshape(1, in);
    // v = W'u/|W'u|, u = W v/|W v|, both constants
    Value v = Pointwises.detach(unit(before.matmul(w).reshape(out)));
    Value u = Pointwises.detach(unit(w.matmul(v.reshape(out, 1)).reshape(in)));
    if (training) {
      f.update(vector(name), u);
    }
    return LinearAlgebra.overNorm(w, u, v, kind.scaled() ? f.read(gamma(name)) : f.scalar(1));
  }

  private static Value unit(Value x) {
    return x.div(x.square().sum().sqrt());
  }

  static String gamma(String name) {
    return name + ".gamma";
  }

  static String vector(String name) {
    return "spectral." + name;
  }
}
