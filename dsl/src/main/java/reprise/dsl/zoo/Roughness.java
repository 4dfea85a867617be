package reprise.dsl.zoo;

import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Numbers;

/** What separates phases I and II from III and IV. */
public sealed interface Roughness {
  /** Whether a cell is rough; what it reads must not be NaN. */
  boolean rough(Landscape cell);

  /** Whether the cell has what this reads. */
  boolean known(Landscape cell);

  /** The rule in words. */
  String text();

  /**
   * By curvature: rough where {@code ln Tr(H)} lies above a limit.
   *
   * @param logTrace the limit
   */
  record ByTrace(double logTrace) implements Roughness {
    public ByTrace {
      Checks.finite("ln of the Hessian trace", logTrace);
    }

    @Override
    public boolean rough(Landscape cell) {
      // a trace of no more than 0 has no logarithm and is as smooth as can be
      return cell.trace() > 0 && Math.log(cell.trace()) > logTrace;
    }

    @Override
    public boolean known(Landscape cell) {
      return !Double.isNaN(cell.trace());
    }

    @Override
    public String text() {
      return "ln trace > " + Numbers.plain(logTrace);
    }
  }

  /**
   * By loss: rough where the training loss lies above a limit. The papers' phases I and II have
   * high loss and a large Hessian alike; on small data the trace also depends on the batch size.
   *
   * @param nats the limit, per example
   */
  record ByLoss(double nats) implements Roughness {
    public ByLoss {
      Checks.positive("limit of the training loss", nats, "nats");
    }

    @Override
    public boolean rough(Landscape cell) {
      return cell.trainLoss() > nats;
    }

    @Override
    public boolean known(Landscape cell) {
      return !Double.isNaN(cell.trainLoss());
    }

    @Override
    public String text() {
      return "train loss > " + Numbers.plain(nats);
    }
  }
}
