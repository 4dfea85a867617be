package reprise.tensor.model;

import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Value;

/** Whole windows with every linear map's matrix under a {@link Reparametrisation}. */
class ReparametrisedNetwork extends WholeNetwork {
  private final SpectralWeights weights;
  private final boolean training;

  /** In training, singular vectors move on by a step. */
  ReparametrisedNetwork(
      TransformerConfig config, FunctionBuilder f, SpectralWeights weights, boolean training) {
    super(config, f);
    this.weights = weights;
    this.training = training;
  }

  @Override
  Value linear(Value x, String name, boolean bias) {
    Value y = x.matmul(weights.of(f, name, training));
    return bias ? y.add(f.read(name + ".bias")) : y;
  }

  @Override
  Value head(Value x) {
    return config.tied() ? super.head(x) : x.matmul(weights.of(f, "head", training));
  }
}
