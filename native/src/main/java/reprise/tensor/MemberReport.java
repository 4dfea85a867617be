package reprise.tensor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one member of a group did.
 *
 * @param member its number
 * @param phases a report for each phase, its history over all repeats one after another
 * @param end how the member ended; where a scalar is not finite, step counts within its phase
 * @param node the first node that gave NaN or infinity, as printed; empty where all is finite
 * @param kept parameters after each repeat, where they were asked for
 */
public record MemberReport(
    int member,
    List<RunReport> phases,
    RunReport.End end,
    String node,
    List<Map<String, float[]>> kept) {
  public MemberReport {
    phases = List.copyOf(phases);
    kept = kept.stream().map(m -> Collections.unmodifiableMap(new LinkedHashMap<>(m))).toList();
  }

  /** The report of the first phase that runs this function. */
  public RunReport phase(String function) {
    return phases.stream()
        .filter(r -> r.function().equals(function))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no phase ran '"
                    + function
                    + "'; phases: "
                    + phases.stream().map(RunReport::function).toList()));
  }

  /**
   * This report if all steps ran.
   *
   * @throws IllegalStateException naming member, function, step and node otherwise
   */
  public MemberReport orThrow() {
    if (!(end instanceof RunReport.Completed)) {
      throw new IllegalStateException(
          "member " + member + " stopped: " + end + (node.isEmpty() ? "" : ", first in " + node));
    }
    return this;
  }
}
