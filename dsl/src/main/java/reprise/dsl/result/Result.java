package reprise.dsl.result;

import java.util.List;
import reprise.dsl.chart.Figure;
import reprise.dsl.claim.Verdict;
import tech.tablesaw.api.Table;

/** What an experiment answers: a frame, charts, verdicts and the record behind them. */
public interface Result {
  /** All that came out of the plan. */
  Outcome outcome();

  /** The rows, one a run or a point; columns carry units in their names. */
  Table frame();

  /** The charts, in reading order; new objects at each call, free to be restyled. */
  List<Figure> charts();

  /**
   * The verdicts on claims that hold whatever the paper; none where only a card says what should
   * come out.
   */
  default List<Verdict> claims() {
    return List.of();
  }

  /** What became of each run, in the plan's order; empty where nothing was trained. */
  default List<RunOutcome> runs() {
    return outcome().runs();
  }

  /** Where the numbers come from. */
  default Provenance record() {
    return outcome().record();
  }
}
