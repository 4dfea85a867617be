package reprise.dsl.nuclear;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reprise.dsl.Experiment;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.Decoder;
import reprise.dsl.plan.Optimisation;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;

/**
 * Norms of matrices, ready to run. Options are set again by naming them again.
 *
 * @param matrices which
 * @param seeds draws or models of each, 1 unless set
 */
public record MatrixNorms(List<Matrices> matrices, int seeds)
    implements Experiment<MatrixNormsResult> {
  private static final Optimisation ON_SOURCE = new Optimisation(512, 0.012);
  private static final Optimisation ON_TEXT = new Optimisation(256, 0.006);
  private static final int WINDOWS = 16;

  public MatrixNorms {
    matrices = List.copyOf(matrices);
    Checks.positive("seeds", seeds, "draws");
  }

  /** Independent draws or models, seeds 1 to n. */
  public MatrixNorms seeds(int n) {
    return new MatrixNorms(matrices, n);
  }

  @Override
  public Plan plan() {
    List<Task> runs = new ArrayList<>();
    for (Matrices which : matrices) {
      for (int seed = 1; seed <= seeds; seed++) {
        runs.addAll(tasks(which, seed));
      }
    }
    return new Plan("norms of matrices", runs, List.of());
  }

  private static List<Task> tasks(Matrices which, int seed) {
    return switch (which) {
      case Matrices.Gaussian g ->
          List.of(new MatrixTask("n" + g.size() + "-s" + seed, g.size(), g.size(), 0, seed));
      case Matrices.Product p ->
          List.of(
              new MatrixTask(
                  "n" + p.rows() + "-d" + p.columns() + "-r" + p.rank() + "-s" + seed,
                  p.rows(),
                  p.columns(),
                  p.rank(),
                  seed));
      case Matrices.HiddenStates h ->
          h.family().members(h.corpus().vocabulary()).stream()
              .map(model -> task(h, model, seed))
              .toList();
    };
  }

  private static Task task(Matrices.HiddenStates h, Decoder model, int seed) {
    Optimisation how = h.corpus() instanceof Corpus.Markov ? ON_SOURCE : ON_TEXT;
    return new HiddenStatesTask(
        new TrainTask(
            "d" + model.width() + "-s" + seed,
            model,
            h.corpus(),
            h.tokens(),
            how,
            seed,
            Optional.empty()),
        WINDOWS);
  }

  @Override
  public MatrixNormsResult result(Outcome outcome) {
    return new MatrixNormsResult(this, outcome);
  }
}
