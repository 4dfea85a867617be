package reprise.tensor.model;

import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Value;

/**
 * Streams side by side in the batch: rows [P B, T, d], stream by stream, from the embedding to the
 * last norm; one row [B, T, d] a window before the head.
 */
final class ParallelNetwork extends WholeNetwork {
  private final int streams;
  private final double smoothing;

  ParallelNetwork(StreamsConfig config, FunctionBuilder f) {
    super(config.model(), f);
    this.streams = config.streams();
    this.smoothing = config.smoothing();
  }

  @Override
  Value positioned(Value x) {
    Value y = super.positioned(x);
    int windows = y.shape().dim(0);
    return y.expand(0, streams).reshape(streams * windows, y.shape().dim(1), y.shape().dim(2));
  }

  @Override
  Value prefix(String name, int rows) {
    Value entries = f.read(name);
    return entries
        .expand(1, rows / streams)
        .reshape(rows, entries.shape().dim(1), entries.shape().dim(2));
  }

  @Override
  Value head(Value x) {
    return super.head(aggregate(x));
  }

  // w = (1 - eps) softmax(W2 silu(W1 [h_1 .. h_P])) + eps / P; h = sum_i w_i h_i
  private Value aggregate(Value x) {
    int windows = x.shape().dim(0) / streams;
    int length = x.shape().dim(1);
    int d = config.width();
    Value all = x.reshape(streams, windows, length, d).permute(1, 2, 0, 3);
    Value hidden = linear(all.reshape(windows, length, streams * d), "aggregate_in", true).silu();
    Value weights =
        linear(hidden, "aggregate_out", true).softmax().affine(1 - smoothing, smoothing / streams);
    return all.mul(weights.expand(3, d)).sum(2, 3);
  }
}
