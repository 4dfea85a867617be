package reprise.kernel.ranking;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Examples from the highest score to the lowest; scores are all different.
 *
 * <p>Ranks count from 1. A mistake at rank i is a negative there with a positive at rank i + 1;
 * mending it exchanges the two.
 */
final class Ranking {
  private final boolean[] positive;
  private final int[] group;
  private final int positives;

  private Ranking(boolean[] positive, int[] group) {
    this.positive = positive;
    this.group = group;
    this.positives = (int) IntStream.range(0, positive.length).filter(i -> positive[i]).count();
  }

  /** Sorts by score; every example belongs to a group. */
  static Ranking of(double[] scores, boolean[] positive, int[] group) {
    List<Integer> order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .toList();
    boolean[] sorted = new boolean[scores.length];
    int[] groups = new int[scores.length];
    for (int rank = 0; rank < sorted.length; rank++) {
      sorted[rank] = positive[order.get(rank)];
      groups[rank] = group[order.get(rank)];
    }
    return new Ranking(sorted, groups);
  }

  Ranking copy() {
    return new Ranking(positive.clone(), group.clone());
  }

  int size() {
    return positive.length;
  }

  int positives() {
    return positives;
  }

  /** Share of pairs of a positive and a negative in which the positive stands higher. */
  double auroc() {
    return auroc(-1);
  }

  /** The same among the examples of one group, or of all for -1. */
  double auroc(int only) {
    long above = 0;
    long wins = 0;
    long negatives = 0;
    for (int i = 0; i < positive.length; i++) {
      if (only >= 0 && group[i] != only) {
        continue;
      }
      if (positive[i]) {
        above++;
      } else {
        negatives++;
        wins += above;
      }
    }
    return (double) wins / (above * negatives);
  }

  /** Mean over positives of the precision at their rank. */
  double averagePrecision() {
    double sum = 0;
    int found = 0;
    for (int i = 0; i < positive.length; i++) {
      if (positive[i]) {
        found++;
        sum += (double) found / (i + 1);
      }
    }
    return sum / positives;
  }

  /** {@code 1 - E+[FPR(t)]}, the expectation over the scores t of positives (theorem 1). */
  double aurocByFalsePositives() {
    double sum = 0;
    long above = 0;
    int negatives = positive.length - positives;
    for (boolean one : positive) {
      if (one) {
        sum += (double) above / negatives;
      } else {
        above++;
      }
    }
    return 1 - sum / positives;
  }

  /** {@code 1 - P(y = 0) E+[FPR(t) / P(f >= t)]} (theorem 1). */
  double precisionByFalsePositives() {
    double sum = 0;
    long above = 0;
    double negatives = positive.length - positives;
    for (int i = 0; i < positive.length; i++) {
      if (positive[i]) {
        double falsePositives = above / negatives;
        double fired = (double) (i + 1) / positive.length;
        sum += falsePositives / fired;
      } else {
        above++;
      }
    }
    return 1 - negatives / positive.length * sum / positives;
  }

  /** Ranks of all mistakes, ascending. */
  int[] mistakes() {
    return IntStream.range(1, positive.length)
        .filter(rank -> !positive[rank - 1] && positive[rank])
        .toArray();
  }

  /** What mending the mistake at that rank adds to average precision: {@code TP / (n+ i (i+1))}. */
  double precisionGain(int rank) {
    long found = IntStream.rangeClosed(0, rank).filter(i -> positive[i]).count();
    return found / ((double) positives * rank * (rank + 1));
  }

  /** The rank of the mistake that adds most to average precision, or 0 where there is none. */
  int bestMistake() {
    int best = 0;
    double most = 0;
    int found = positive[0] ? 1 : 0;
    for (int rank = 1; rank < positive.length; rank++) {
      found += positive[rank] ? 1 : 0;
      if (!positive[rank - 1] && positive[rank]) {
        double gain = found / ((double) rank * (rank + 1));
        if (gain > most) {
          most = gain;
          best = rank;
        }
      }
    }
    return best;
  }

  /** Exchanges the examples at that rank and the next. */
  void mend(int rank) {
    positive[rank - 1] = true;
    positive[rank] = false;
    int other = group[rank];
    group[rank] = group[rank - 1];
    group[rank - 1] = other;
  }
}
