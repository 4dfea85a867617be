package reprise.dsl.walsh;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Checks;

/**
 * Recovery of sparse transforms, ready to run.
 *
 * @param sizes of the transforms
 * @param decibels of K over the noise's variance, each a signal of its own; infinite without noise
 * @param votes P, random offsets that vote on each bit of a place; one without noise
 * @param seeds draws, ten unless set
 */
public record SparseWalsh(List<Sparse> sizes, List<Double> decibels, int votes, int seeds)
    implements Experiment<WalshResult> {
  public SparseWalsh {
    sizes = List.copyOf(sizes);
    decibels = List.copyOf(decibels);
    Checks.positive("votes", votes, "offsets");
    Checks.positive("seeds", seeds, "draws");
  }

  /** Without noise, ten draws each. */
  public static SparseWalsh of(List<Sparse> sizes) {
    return new SparseWalsh(sizes, List.of(Double.POSITIVE_INFINITY), 1, 10);
  }

  /** Samples with noise: decibels of the signal's power over the noise's. */
  public SparseWalsh noise(Double... levels) {
    List.of(levels).forEach(level -> Checks.finite("decibels", level));
    return new SparseWalsh(sizes, List.of(levels), votes, seeds);
  }

  /** Random offsets that vote on each bit of a place. */
  public SparseWalsh votes(int offsets) {
    return new SparseWalsh(sizes, decibels, offsets, seeds);
  }

  /** Independent draws, seeds 1 to n. */
  public SparseWalsh seeds(int n) {
    return new SparseWalsh(sizes, decibels, votes, n);
  }

  @Override
  public Plan plan() {
    List<WalshTrial> runs = new ArrayList<>();
    for (Sparse size : sizes) {
      for (double level : decibels) {
        for (int seed = 1; seed <= seeds; seed++) {
          runs.add(new WalshTrial(size, level, votes, seed));
        }
      }
    }
    return new Plan("sparse Walsh-Hadamard transforms", runs, List.of());
  }

  @Override
  public WalshResult result(Outcome outcome) {
    return new WalshResult(this, outcome, Trials.of(outcome, WalshTrial.class));
  }
}
