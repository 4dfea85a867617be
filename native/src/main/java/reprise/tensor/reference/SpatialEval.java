package reprise.tensor.reference;

import java.util.Arrays;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.Spatial;
import reprise.tensor.ir.TensorType;
import reprise.tensor.reference.Evaluator.Arg;

/** Convolutions, pooling and batch normalisation by their definitions. */
final class SpatialEval {
  private SpatialEval() {}

  static Object[] evaluate(Spatial op, Arg[] in, TensorType result) {
    return switch (op) {
      case Spatial.Conv2d c -> {
        double[] y = new double[result.size()];
        products(
            c,
            in[0].type().shape(),
            in[1].type().shape(),
            result.shape(),
            (a, b, o) -> y[o] += in[0].f()[a] * in[1].f()[b]);
        yield new Object[] {y};
      }
      case Spatial.Conv2dInputGrad g -> {
        double[] dx = new double[result.size()];
        products(
            g.convolution(),
            result.shape(),
            in[1].type().shape(),
            in[0].type().shape(),
            (a, b, o) -> dx[a] += in[0].f()[o] * in[1].f()[b]);
        yield new Object[] {dx};
      }
      case Spatial.Conv2dWeightGrad g -> {
        double[] dw = new double[result.size()];
        products(
            g.convolution(),
            in[0].type().shape(),
            result.shape(),
            in[1].type().shape(),
            (a, b, o) -> dw[b] += in[0].f()[a] * in[1].f()[o]);
        yield new Object[] {dw};
      }
      case Spatial.Pool2d p -> {
        double[] y = new double[result.size()];
        boolean max = p.pooling() == Spatial.Pooling.MAX;
        Arrays.fill(y, max ? Double.NEGATIVE_INFINITY : 0);
        windows(
            p,
            in[0].type().shape(),
            result.shape(),
            (a, b, o) -> {
              double x = in[0].f()[a];
              y[o] = max ? Math.max(y[o], x) : y[o] + x / (p.ky() * p.kx());
            });
        yield new Object[] {y};
      }
      case Spatial.Pool2dGrad g -> {
        double[] dx = new double[result.size()];
        boolean[] given = new boolean[in[2].f().length];
        boolean max = g.pooling() == Spatial.Pooling.MAX;
        windows(
            g.pool(),
            result.shape(),
            in[1].type().shape(),
            (a, b, o) -> {
              if (!max) {
                dx[a] += in[2].f()[o] / (g.ky() * g.kx());
              } else if (!given[o] && in[0].f()[a] == in[1].f()[o]) {
                dx[a] += in[2].f()[o];
                given[o] = true;
              }
            });
        yield new Object[] {dx};
      }
      case Spatial.BatchNorm b -> batchNorm(b, in);
      case Spatial.BatchNormGrad g -> batchNormGrad(g, in);
    };
  }

  /** Takes the flat positions in x, in the weights, and in y, of one product. */
  private interface Term {
    void add(int x, int w, int y);
  }

  private static void products(Spatial.Conv2d c, Shape x, Shape w, Shape y, Term term) {
    int cg = w.dim(2);
    int og = w.dim(3) / c.groups();
    for (int n = 0; n < y.dim(0); n++) {
      for (int oy = 0; oy < y.dim(1); oy++) {
        for (int ox = 0; ox < y.dim(2); ox++) {
          for (int ky = 0; ky < w.dim(0); ky++) {
            int iy = oy * c.strideY() - c.paddingY() + ky * c.dilationY();
            for (int kx = 0; kx < w.dim(1); kx++) {
              int ix = ox * c.strideX() - c.paddingX() + kx * c.dilationX();
              if (iy < 0 || iy >= x.dim(1) || ix < 0 || ix >= x.dim(2)) {
                continue;
              }
              for (int o = 0; o < w.dim(3); o++) {
                for (int k = 0; k < cg; k++) {
                  term.add(
                      ((n * x.dim(1) + iy) * x.dim(2) + ix) * x.dim(3) + o / og * cg + k,
                      ((ky * w.dim(1) + kx) * cg + k) * w.dim(3) + o,
                      ((n * y.dim(1) + oy) * y.dim(2) + ox) * y.dim(3) + o);
                }
              }
            }
          }
        }
      }
    }
  }

  private static void windows(Spatial.Pool2d p, Shape x, Shape y, Term term) {
    // A pooling runs over the windows of a depthwise convolution.
    Spatial.Conv2d c =
        new Spatial.Conv2d(p.strideY(), p.strideX(), p.paddingY(), p.paddingX(), 1, 1, x.dim(3));
    products(c, x, Shape.of(p.ky(), p.kx(), 1, x.dim(3)), y, term);
  }

  private static Object[] batchNorm(Spatial.BatchNorm op, Arg[] in) {
    int d = in[0].last();
    int rows = in[0].rows();
    double[] x = in[0].f();
    double[] y = new double[x.length];
    double[] mean = new double[d];
    double[] variance = new double[d];
    for (int i = 0; i < x.length; i++) {
      mean[i % d] += x[i] / rows;
    }
    for (int i = 0; i < x.length; i++) {
      variance[i % d] += (x[i] - mean[i % d]) * (x[i] - mean[i % d]) / rows;
    }
    for (int i = 0; i < x.length; i++) {
      int j = i % d;
      double xhat = (x[i] - mean[j]) / Math.sqrt(variance[j] + op.eps());
      double v = xhat * in[1].f()[j] + in[2].f()[j] + (in.length > 3 ? in[3].f()[i] : 0);
      y[i] = op.relu() ? Math.max(v, 0) : v;
    }
    return new Object[] {y, mean, variance};
  }

  /** With g = dy where y > 0: dx = gain rstd (g - mean(g) - xhat mean(g xhat)). */
  private static Object[] batchNormGrad(Spatial.BatchNormGrad op, Arg[] in) {
    int d = in[0].last();
    int rows = in[0].rows();
    double[] x = in[0].f();
    double[] g = new double[x.length];
    double[] xhat = new double[x.length];
    double[] dgain = new double[d];
    double[] dbias = new double[d];
    for (int i = 0; i < x.length; i++) {
      int j = i % d;
      xhat[i] = (x[i] - in[3].f()[j]) / Math.sqrt(in[4].f()[j] + op.eps());
      double y = op.residual() ? in[6].f()[i] : xhat[i] * in[1].f()[j] + in[2].f()[j];
      g[i] = !op.relu() || y > 0 ? in[5].f()[i] : 0;
      dgain[j] += g[i] * xhat[i];
      dbias[j] += g[i];
    }
    double[] dx = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int j = i % d;
      double scale = in[1].f()[j] / Math.sqrt(in[4].f()[j] + op.eps());
      dx[i] = scale * (g[i] - dbias[j] / rows - xhat[i] * dgain[j] / rows);
    }
    return op.residual() ? new Object[] {dx, dgain, dbias, g} : new Object[] {dx, dgain, dbias};
  }
}
