package reprise.tensor.model;

import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Grid;
import reprise.tensor.ir.Quantise;
import reprise.tensor.ir.Value;

/**
 * Whole windows with simulated low precision in the products of the blocks' matrices: y = Q(x)
 * Q(W), and of the gradients dx = Q(dy) Q(W)^T, dW = Q(x)^T Q(dy). Attention, normalisation,
 * embedding and head stay as they are (Sun et al. 2025, arXiv 2501.02423, section 3.1).
 */
final class RoundedNetwork extends WholeNetwork {
  private final Grid grid;
  private final Grid.Blocks blocks;

  RoundedNetwork(TransformerConfig config, FunctionBuilder f, Grid grid, Grid.Blocks blocks) {
    super(config, f);
    this.grid = grid;
    this.blocks = blocks;
  }

  @Override
  Value linear(Value x, String name, boolean bias) {
    Value product = rounded(x).matmul(rounded(f.read(name)));
    Value flat = product.reshape(product.shape().size());
    Value y = Quantise.roundGradient(flat, grid, blocks).reshape(product.shape());
    return bias ? y.add(f.read(name + ".bias")) : y;
  }

  /** Blocks are runs of the tensor as it lies in memory. */
  private Value rounded(Value x) {
    return Quantise.round(x.reshape(x.shape().size()), grid, blocks).reshape(x.shape());
  }
}
