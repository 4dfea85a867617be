package reprise.dsl.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
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
    OptionalLong cells = cells(analysis.points(), runs);
    if (cells.isPresent() && runs.isEmpty()) {
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
        long left = cells.orElse(Long.MAX_VALUE) - fit.drop();
        if (left <= constants) {
          failures.add(
              fit.id()
                  + ": expected more "
                  + cellsOf(fit.points())
                  + " than the law's "
                  + constants
                  + " constants, got "
                  + left);
        }
      }
      case AnalysisTask.ReadPoints _,
          AnalysisTask.MeasureDensity _,
          AnalysisTask.VaryChoices _,
          AnalysisTask.FitLadder _ -> {}
      case AnalysisTask.CompareForms forms -> {
        int most = forms.laws().stream().mapToInt(l -> l.constants().size()).max().orElseThrow();
        if (cells.orElse(Long.MAX_VALUE) <= most) {
          failures.add(
              forms.id()
                  + ": expected more "
                  + cellsOf(forms.points())
                  + " than the "
                  + most
                  + " constants of the largest law, got "
                  + cells.getAsLong());
        }
      }
      case AnalysisTask.FindValleys valleys -> {
        if (cells.isPresent()) {
          check(valleys, runs, failures);
        }
      }
    }
  }

  private static void check(
      AnalysisTask.FindValleys valleys, List<? extends Task> runs, List<String> failures) {
    if (valleys.budgets().isEmpty()) {
      failures.add(valleys.id() + ": expected at least one budget, got none");
    }
    for (var budget : valleys.budgets()) {
      long sizes =
          trained(valleys.points(), runs)
              .filter(r -> r.budget().filter(budget::equals).isPresent())
              .map(r -> r.model().width())
              .distinct()
              .count();
      if (sizes < 3) {
        failures.add(
            valleys.id()
                + ": expected at least 3 model sizes at "
                + budget
                + " for a parabola, got "
                + sizes);
      }
    }
  }

  /** How many points a source takes from the runs; empty for one that reads a table. */
  private static OptionalLong cells(PointsSource points, List<? extends Task> runs) {
    return switch (points) {
      case PointsSource.Runs _ -> OptionalLong.of(Plan.cells(runs));
      case PointsSource.RunsOn _ -> OptionalLong.of(Plan.cells(trained(points, runs).toList()));
      case PointsSource.Frontier _ ->
          OptionalLong.of(
              trained(points, runs).map(r -> r.budget().orElse(r.flops())).distinct().count());
      case PointsSource.Registered _, PointsSource.Csv _, PointsSource.Printed _ ->
          OptionalLong.empty();
    };
  }

  private static Stream<TrainTask> trained(PointsSource points, List<? extends Task> runs) {
    Stream<TrainTask> all =
        runs.stream().filter(TrainTask.class::isInstance).map(TrainTask.class::cast);
    return switch (points) {
      case PointsSource.RunsOn on -> all.filter(r -> r.corpus().equals(on.corpus()));
      case PointsSource.Frontier on -> all.filter(r -> r.corpus().equals(on.corpus()));
      default -> all;
    };
  }

  private static String cellsOf(PointsSource points) {
    return switch (points) {
      case PointsSource.RunsOn on -> "cells of model and tokens on " + on.corpus().label();
      case PointsSource.Frontier on -> "budgets on " + on.corpus().label();
      default -> "cells of model and tokens";
    };
  }
}
