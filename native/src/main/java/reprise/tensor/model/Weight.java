package reprise.tensor.model;

import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/**
 * One trained tensor of an {@link Architecture}.
 *
 * @param name of its state
 * @param shape extents
 * @param start how it begins
 * @param decays whether weight decay applies
 */
public record Weight(String name, Shape shape, Start start, boolean decays) {
  /** The distribution of a tensor before the first step, drawn by Philox. */
  public sealed interface Start {}

  /** One value everywhere. */
  public record Constant(double value) implements Start {}

  /** Normal with mean 0. */
  public record Normal(double deviation) implements Start {}

  /** Uniform on [-bound, bound). */
  public record Uniform(double bound) implements Start {}

  /** Names of distributions for matrices with some inputs and outputs a unit. */
  public enum Scheme {
    /** Normal with variance 2/in (He et al. 2015, 1502.01852, equation 10). */
    HE_NORMAL,
    /** Uniform with variance 2/in: bound sqrt(6/in). */
    HE_UNIFORM,
    /** Normal with variance 2/(in + out) (Glorot and Bengio 2010, equation 12). */
    XAVIER_NORMAL,
    /** Uniform with variance 2/(in + out): bound sqrt(6/(in + out)) (ibid., equation 16). */
    XAVIER_UNIFORM,
    /** Normal with variance 1/in (LeCun et al. 1998, section 4.6). */
    LECUN_NORMAL,
    /** Uniform on +-1/sqrt(in): what common libraries draw for a linear layer by default. */
    FAN_IN_UNIFORM;

    /** The distribution for a unit of so many inputs and outputs. */
    public Start start(int in, int out) {
      return switch (this) {
        case HE_NORMAL -> new Normal(Math.sqrt(2.0 / in));
        case HE_UNIFORM -> new Uniform(Math.sqrt(6.0 / in));
        case XAVIER_NORMAL -> new Normal(Math.sqrt(2.0 / (in + out)));
        case XAVIER_UNIFORM -> new Uniform(Math.sqrt(6.0 / (in + out)));
        case LECUN_NORMAL -> new Normal(Math.sqrt(1.0 / in));
        case FAN_IN_UNIFORM -> new Uniform(Math.sqrt(1.0 / in));
      };
    }
  }

  /** f32 of this shape. */
  public TensorType type() {
    return new TensorType(TensorType.f32().dtype(), shape);
  }

  /** The tensor at the beginning; a stream of its own for each tensor. */
  Value draw(FunctionBuilder f, int stream) {
    return switch (start) {
      case Constant c -> f.fill(c.value(), type());
      case Normal n -> f.apply(new RandomOp.Normal(shape, stream, 0, n.deviation()));
      case Uniform u -> f.apply(new RandomOp.Uniform(shape, stream, -u.bound(), u.bound()));
    };
  }
}
