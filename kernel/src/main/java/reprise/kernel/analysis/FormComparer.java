package reprise.kernel.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import reprise.dsl.law.Bootstrap;
import reprise.dsl.law.Fit;
import reprise.dsl.law.FitPlan;
import reprise.dsl.law.FormComparison;
import reprise.dsl.law.FormPlan;
import reprise.dsl.law.Input;
import reprise.dsl.law.Law;
import reprise.dsl.law.Points;
import reprise.dsl.law.StartGrid;

/**
 * Compares forms of a law: information criteria on the points fitted, K-fold cross-validation over
 * cells, so that seeds of one design never stand on both sides, and the error on points held out.
 *
 * <p>A fold is fitted from the optimum of all points; the whole start grid is searched once a law.
 */
public final class FormComparer {
  private FormComparer() {}

  /**
   * The comparison of a plan.
   *
   * @throws IllegalArgumentException for too few points in the fit or in a fold, or none held out
   */
  public static FormComparison compare(FormPlan plan) {
    Points fitted = plan.heldOut().map(h -> h.fitted(plan.points())).orElse(plan.points());
    Points unseen = plan.heldOut().map(h -> h.predicted(plan.points())).orElse(null);
    if (unseen != null && unseen.size() == 0) {
      throw new IllegalArgumentException(
          "no point has " + plan.heldOut().get() + ": choose a limit below the largest value");
    }
    int[] folds = folds(plan, fitted);
    List<FormComparison.Row> rows = new ArrayList<>();
    for (Law law : plan.laws()) {
      Fit fit =
          Fitter.fit(FitPlan.of(law, fitted).objective(plan.objective()).bootstrap(Bootstrap.NONE));
      double[] seen = errors(fit, fitted);
      double squares = 0;
      for (int i = 0; i < seen.length; i++) {
        double r = Math.log1p(seen[i]); // log prediction - log observed
        squares += r * r;
      }
      int n = fitted.size();
      int k = law.constants().size() + 1;
      double likelihood = n * Math.log(squares / n);
      double[] held = unseen == null ? new double[] {Double.NaN} : errors(fit, unseen);
      rows.add(
          new FormComparison.Row(
              fit,
              likelihood + 2 * k,
              likelihood + k * Math.log(n),
              mean(seen),
              plan.folds() == 0 ? Double.NaN : crossValidated(fit, fitted, folds, plan.folds()),
              mean(held),
              Arrays.stream(held).map(Math::abs).max().orElse(Double.NaN)));
    }
    return new FormComparison(plan, rows);
  }

  private static double crossValidated(Fit fit, Points points, int[] fold, int folds) {
    Law law = fit.plan().law();
    StartGrid optimum = StartGrid.at(law, law.theta(fit.values()));
    double sum = 0;
    for (int f = 0; f < folds; f++) {
      int left = f;
      Fit without =
          Fitter.fit(fit.plan().points(points.where(i -> fold[i] != left)).starts(optimum));
      for (double error : errors(without, points.where(i -> fold[i] == left))) {
        sum += Math.abs(error);
      }
    }
    return sum / points.size();
  }

  /** The fold of every point; points of one cell share it, and folds differ by one cell at most. */
  private static int[] folds(FormPlan plan, Points points) {
    int[] fold = new int[points.size()];
    if (plan.folds() == 0) {
      return fold;
    }
    Set<String> inputs = new LinkedHashSet<>();
    plan.laws().forEach(l -> l.inputs().stream().map(Input::name).forEach(inputs::add));
    Map<List<Double>, Integer> cells = new HashMap<>();
    for (int i = 0; i < fold.length; i++) {
      int row = i;
      List<Double> key = inputs.stream().map(c -> points.column(c).value(row)).toList();
      fold[i] = cells.computeIfAbsent(key, unseen -> cells.size());
    }
    int count = cells.size();
    if (plan.folds() > count) {
      throw new IllegalArgumentException(
          "cross-validation: " + plan.folds() + " folds, but " + count + " different designs");
    }
    int[] order = IntStream.range(0, count).toArray();
    Resample draw = new Resample(plan.seed(), 0);
    for (int i = count - 1; i > 0; i--) { // Fisher and Yates
      int j = draw.below(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    int[] ofCell = new int[count];
    for (int i = 0; i < count; i++) {
      ofCell[order[i]] = i % plan.folds();
    }
    return Arrays.stream(fold).map(cell -> ofCell[cell]).toArray();
  }

  // prediction/observed - 1
  private static double[] errors(Fit fit, Points points) {
    Law law = fit.plan().law();
    List<Input> inputs = law.inputs();
    double[] values = fit.values();
    double[] x = new double[inputs.size()];
    double[] errors = new double[points.size()];
    for (int i = 0; i < errors.length; i++) {
      for (int j = 0; j < x.length; j++) {
        x[j] = points.column(inputs.get(j).name()).value(i);
      }
      errors[i] = law.predict(values, x) / points.column(law.output()).value(i) - 1;
    }
    return errors;
  }

  private static double mean(double[] errors) {
    return Arrays.stream(errors).map(Math::abs).average().orElse(Double.NaN);
  }
}
