package reprise.tensor.curvature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A spectral density as a quadrature: weights sum to one, and the mean of g over the eigenvalues is
 * about the weighted sum of g over the nodes.
 */
public record Spectrum(List<Node> nodes) {
  /** One node and its weight. */
  public record Node(double value, double weight) {}

  public Spectrum {
    nodes = List.copyOf(nodes);
  }

  static Spectrum of(List<Tridiagonal> probes) {
    List<Node> nodes = new ArrayList<>();
    for (Tridiagonal t : probes) {
      for (int i = 0; i < t.values().length; i++) {
        nodes.add(new Node(t.values()[i], t.weights()[i] / probes.size()));
      }
    }
    nodes.sort(Comparator.comparingDouble(Node::value));
    return new Spectrum(nodes);
  }

  /** The smallest node: close to the smallest eigenvalue. */
  public double smallest() {
    return nodes.getFirst().value();
  }

  /** The largest node: close to the largest eigenvalue. */
  public double largest() {
    return nodes.getLast().value();
  }

  /** The mean of the k-th power of the eigenvalues; k = 1 is the trace over the dimension. */
  public double moment(int k) {
    return nodes.stream().mapToDouble(n -> n.weight() * Math.pow(n.value(), k)).sum();
  }

  /** The density at x where every node is a normal distribution of this deviation. */
  public double density(double x, double deviation) {
    double norm = 1 / (deviation * Math.sqrt(2 * Math.PI));
    return nodes.stream()
        .mapToDouble(n -> {
          double z = (x - n.value()) / deviation;
          return n.weight() * norm * Math.exp(-z * z / 2);
        })
        .sum();
  }
}
