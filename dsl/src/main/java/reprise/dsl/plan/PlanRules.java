package reprise.dsl.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import reprise.dsl.data.PointsSource;

/**
 * The rules a plan must satisfy; each failure names the task, what was expected and what it got.
 */
final class PlanRules {
  /** Beyond this a single run does not fit common machines; the plan is refused early. */
  private static final long LARGEST_RUN = 1L << 40;

  private PlanRules() {}

  static void verify(String title, List<? extends Task> runs, List<AnalysisTask> analyses) {
    List<String> failures = new ArrayList<>();
    if (title == null || title.isBlank()) {
      failures.add("the title is blank; expected one line that says what is planned");
    }
    if (runs.isEmpty() && analyses.isEmpty()) {
      failures.add("nothing to do; expected at least one run or one analysis");
    }
    uniqueIds(runs, analyses, failures);
    runs.forEach(run -> check(run, failures));
    analyses.forEach(analysis -> check(analysis, runs, failures));
    if (!failures.isEmpty()) {
      throw new IllegalArgumentException(
          "the plan '" + title + "' cannot be carried out:\n  " + String.join("\n  ", failures));
    }
  }

  private static void uniqueIds(
      List<? extends Task> runs, List<AnalysisTask> analyses, List<String> failures) {
    Set<String> seen = new HashSet<>();
    List<String> ids = new ArrayList<>(runs.stream().map(Task::id).toList());
    ids.addAll(analyses.stream().map(AnalysisTask::id).toList());
    for (String id : ids) {
      if (!seen.add(id)) {
        failures.add(id + ": expected a unique id, got it twice");
      }
      if (!id.matches("[A-Za-z0-9._-]+")) {
        failures.add(id + ": expected an id of letters, digits, '.', '_' and '-'");
      }
    }
  }

  private static void check(Task run, List<String> failures) {
    run.problems().forEach(problem -> failures.add(run.id() + ": " + problem));
    if (run.memory().count() > LARGEST_RUN) {
      failures.add(run.id() + ": expected at most 1 TiB a run, got " + run.memory());
    }
  }

  private static void check(
      AnalysisTask analysis, List<? extends Task> runs, List<String> failures) {
    if (analysis.points() instanceof PointsSource.Runs && runs.isEmpty()) {
      failures.add(analysis.id() + ": expected runs to take its points from, got none");
    }
    switch (analysis) {
      case AnalysisTask.FitLaw fit -> {
        int constants = fit.law().constants().size();
        if (fit.constants().isPresent() && fit.constants().get().values().size() != constants) {
          failures.add(
              fit.id()
                  + ": expected "
                  + constants
                  + " constants to compare with, got "
                  + fit.constants().get().values().size());
        }
        long cells = Plan.cells(runs) - fit.drop();
        if (fit.points() instanceof PointsSource.Runs && cells <= constants) {
          failures.add(
              fit.id()
                  + ": expected more cells of model and tokens than the law's "
                  + constants
                  + " constants, got "
                  + cells);
        }
      }
      case AnalysisTask.ReadPoints _, AnalysisTask.MeasureDensity _ -> {}
      case AnalysisTask.CompareForms forms -> {
        int most = forms.laws().stream().mapToInt(l -> l.constants().size()).max().orElseThrow();
        if (forms.points() instanceof PointsSource.Runs && Plan.cells(runs) <= most) {
          failures.add(
              forms.id()
                  + ": expected more cells of model and tokens than the "
                  + most
                  + " constants of the largest law, got "
                  + Plan.cells(runs));
        }
      }
      case AnalysisTask.FindValleys valleys -> {
        if (valleys.budgets().isEmpty()) {
          failures.add(valleys.id() + ": expected at least one budget, got none");
        }
        for (var budget : valleys.budgets()) {
          long sizes =
              runs.stream()
                  .filter(TrainTask.class::isInstance)
                  .map(TrainTask.class::cast)
                  .filter(r -> r.budget().filter(budget::equals).isPresent())
                  .map(r -> r.model().width())
                  .distinct()
                  .count();
          if (valleys.points() instanceof PointsSource.Runs && sizes < 3) {
            failures.add(
                valleys.id()
                    + ": expected at least 3 model sizes at "
                    + budget
                    + " for a parabola, got "
                    + sizes);
          }
        }
      }
    }
  }
}
