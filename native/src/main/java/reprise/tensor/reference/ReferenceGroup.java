package reprise.tensor.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reprise.tensor.BackendInfo;
import reprise.tensor.Group;
import reprise.tensor.MemberReport;
import reprise.tensor.Phases;
import reprise.tensor.Progress;
import reprise.tensor.RunControl;
import reprise.tensor.RunReport;
import reprise.tensor.Session;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.State;

/** Members as reference sessions, one after another. */
final class ReferenceGroup implements Group {
  private final BackendInfo info;
  private final List<ReferenceSession> members = new ArrayList<>();
  private final Map<Integer, MemberReport> stopped = new java.util.HashMap<>();
  private volatile boolean cancelled;
  private volatile Progress progress = new Progress(false, 0, 0, Double.NaN);

  ReferenceGroup(BackendInfo info, List<Group.Part> parts) {
    this.info = info;
    for (Group.Part p : parts) {
      Map<String, Object> data = new java.util.concurrent.ConcurrentHashMap<>();
      p.members()
          .forEach(o -> {
            int number = members.size();
            members.add(
                ReferenceSession.member(p.program(), info, o, data, () -> stopped.remove(number)));
          });
    }
  }

  @Override
  public BackendInfo backend() {
    return info;
  }

  @Override
  public List<Session> members() {
    return Collections.unmodifiableList(members);
  }

  @Override
  public List<MemberReport> run(Phases phases, RunControl control) {
    for (ReferenceSession s : members) {
      phases.phases().forEach(p -> s.program().function(p.function()));
    }
    long steps = phases.steps();
    progress = new Progress(true, 0, (int) (steps * members.size()), Double.NaN);
    List<MemberReport> out = new ArrayList<>();
    try {
      for (int m = 0; m < members.size(); m++) {
        MemberReport before = stopped.get(m);
        MemberReport r = before != null ? idle(m, phases, before) : run(m, phases, control);
        out.add(r);
        if (r.end() instanceof RunReport.NonFinite) {
          stopped.put(m, r);
        }
      }
    } finally {
      cancelled = false;
      members.forEach(ReferenceSession::resume);
      progress = new Progress(false, progress.done(), progress.requested(), Double.NaN);
    }
    return out;
  }

  private MemberReport run(int m, Phases phases, RunControl control) {
    ReferenceSession s = members.get(m);
    int n = phases.phases().size();
    List<List<RunReport>> runs = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      runs.add(new ArrayList<>());
    }
    List<Map<String, float[]>> kept = new ArrayList<>();
    RunReport.End end = new RunReport.Completed();
    String node = "";
    for (int r = 0; r < phases.repeats() && end instanceof RunReport.Completed; r++) {
      for (int k = 0; k < n && end instanceof RunReport.Completed; k++) {
        if (cancelled) {
          end = new RunReport.Cancelled();
          break;
        }
        Phases.Phase p = phases.phases().get(k);
        RunReport report = s.run(p.function(), p.steps(), control);
        runs.get(k).add(report);
        end = report.end();
        progress =
            new Progress(true, progress.done() + report.done(), progress.requested(), Double.NaN);
        if (end instanceof RunReport.NonFinite) {
          node = s.firstNonFinite();
        }
      }
      if (phases.keepParameters() && end instanceof RunReport.Completed) {
        kept.add(parameters(s));
      }
    }
    List<RunReport> joined = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      joined.add(join(s.program(), phases.phases().get(k), phases.repeats(), runs.get(k), end));
    }
    return new MemberReport(m, joined, end, node, kept);
  }

  /** Nothing done: the member stopped in an earlier run. */
  private MemberReport idle(int m, Phases phases, MemberReport before) {
    Program program = members.get(m).program();
    List<RunReport> none =
        phases.phases().stream()
            .map(p -> join(program, p, phases.repeats(), List.of(), before.end()))
            .toList();
    return new MemberReport(m, none, before.end(), before.node(), List.of());
  }

  private static Map<String, float[]> parameters(Session s) {
    Map<String, float[]> map = new LinkedHashMap<>();
    for (State state : s.program().states().values()) {
      if (state.kind() == State.Kind.PARAMETER) {
        map.put(state.name(), s.read(state.name()));
      }
    }
    return map;
  }

  private static RunReport join(
      Program program, Phases.Phase p, int repeats, List<RunReport> runs, RunReport.End end) {
    Map<String, float[]> history = new LinkedHashMap<>();
    int done = runs.stream().mapToInt(RunReport::done).sum();
    for (String name : program.function(p.function()).scalars()) {
      float[] all = new float[done];
      int at = 0;
      for (RunReport r : runs) {
        float[] x = r.series(name);
        System.arraycopy(x, 0, all, at, x.length);
        at += x.length;
      }
      history.put(name, Arrays.copyOf(all, at));
    }
    double seconds = runs.stream().mapToDouble(RunReport::seconds).sum();
    return new RunReport(p.function(), p.steps() * repeats, done, end, history, seconds);
  }

  @Override
  public Progress progress() {
    return progress;
  }

  @Override
  public void cancel() {
    cancelled = true;
    members.forEach(Session::cancel);
  }

  @Override
  public void close() {
    members.forEach(Session::close);
  }
}
