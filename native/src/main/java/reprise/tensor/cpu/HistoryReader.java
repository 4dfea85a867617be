package reprise.tensor.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reprise.tensor.Phases;
import reprise.tensor.RunReport;
import reprise.tensor.ir.Program;

/** Rows of scalars that a member wrote step by step, as one series for each phase and output. */
final class HistoryReader {
  private HistoryReader() {}

  static List<RunReport> phases(
      Program program,
      Phases phases,
      int done,
      RunReport.End end,
      MemorySegment history,
      double seconds) {
    int n = phases.phases().size();
    List<List<String>> names = new ArrayList<>();
    List<float[][]> series = new ArrayList<>();
    int[] filled = new int[n];
    for (Phases.Phase p : phases.phases()) {
      List<String> scalars = program.function(p.function()).scalars();
      names.add(scalars);
      series.add(new float[scalars.size()][p.steps() * phases.repeats()]);
    }
    long at = 0;
    int left = done;
    for (int r = 0; r < phases.repeats() && left > 0; r++) {
      for (int k = 0; k < n && left > 0; k++) {
        for (int s = 0; s < phases.phases().get(k).steps() && left > 0; s++, left--) {
          for (float[] column : series.get(k)) {
            column[filled[k]] = history.getAtIndex(JAVA_FLOAT, at++);
          }
          filled[k]++;
        }
      }
    }
    List<RunReport> out = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      int asked = phases.phases().get(k).steps() * phases.repeats();
      Map<String, float[]> map = new LinkedHashMap<>();
      for (int c = 0; c < names.get(k).size(); c++) {
        map.put(names.get(k).get(c), Arrays.copyOf(series.get(k)[c], filled[k]));
      }
      boolean whole = filled[k] == asked && end instanceof RunReport.Cancelled;
      out.add(
          new RunReport(
              phases.phases().get(k).function(),
              asked,
              filled[k],
              whole ? new RunReport.Completed() : end,
              map,
              seconds));
    }
    return out;
  }
}
