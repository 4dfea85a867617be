package reprise.dsl.head;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import reprise.dsl.chart.Figure;
import reprise.dsl.chart.Layer;
import reprise.dsl.chart.Plot;
import reprise.dsl.chart.PlotAxis;
import reprise.dsl.claim.Measured;
import reprise.dsl.result.Measure;
import reprise.dsl.result.Outcome;
import reprise.dsl.study.StudyResult;
import reprise.dsl.study.Trials;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Symbols;

/**
 * Memory and exactness of a head's loss.
 *
 * @param experiment what was asked
 * @param outcome all that came out
 * @param trials one a vocabulary and draw
 */
public record LossResult(LossStudy experiment, Outcome outcome, Trials<LossTrial> trials)
    implements StudyResult<LossTrial> {
  /** Planned peak of the loss alone, without x, w and targets. */
  public static final Measure LOSS = new Measure("memory of the loss", "MiB");

  /** The same with gradients, dx [N, d] and dw [V, d] included. */
  public static final Measure BOTH = new Measure("memory of loss and gradients", "MiB");

  /** |loss - loss in double precision| over the latter; the compared rows. */
  public static final Measure LOSS_ERROR = new Measure("relative error of the loss", "");

  /** The larger of |dx - exact|_F / |exact|_F and that of dw; the compared rows. */
  public static final Measure GRADIENT_ERROR = new Measure("relative error of gradients", "");

  /**
   * Memory of the process with logits in memory less that with cut cross-entropy, over what the
   * plans say, rounded to a tenth: other memory of the process comes and goes. Only where the plans
   * differ by 200 MiB or more and the system tells (Linux).
   */
  public static final Measure SAVED = new Measure("resident memory saved over planned", "");

  private Symbols largest() {
    return experiment.sizes().stream().max(Comparator.comparing(Symbols::count)).orElseThrow();
  }

  private Symbols smallest() {
    return experiment.sizes().stream().min(Comparator.comparing(Symbols::count)).orElseThrow();
  }

  private Trials<LossTrial> at(Symbols vocabulary) {
    return trials.where(t -> t.vocabulary().equals(vocabulary));
  }

  /** How many times more memory logits in memory take than a method, largest vocabulary. */
  public Measured saving(Measure memory, Method method) {
    return at(largest())
        .mean(
            run ->
                run.readings().value(memory, Method.MATERIALISED.word())
                    / run.readings().value(memory, method.word()),
            memory.name()
                + ", logits in memory over "
                + method.word()
                + ", "
                + Numbers.grouped(experiment.head().tokens().count())
                + " tokens, "
                + Numbers.grouped(largest().count())
                + " classes");
  }

  /** Memory of a method's loss at the largest vocabulary over that at the smallest. */
  public Measured growth(Method method) {
    double small = at(smallest()).mean(LOSS, method.word()).value();
    return at(largest())
        .mean(
            run -> run.readings().value(LOSS, method.word()) / small,
            "memory of the loss by "
                + method.word()
                + ", "
                + Numbers.grouped(largest().count())
                + " classes over "
                + Numbers.grouped(smallest().count()));
  }

  /** The largest error of cut cross-entropy at any vocabulary. */
  public Measured error(Measure error) {
    return trials.largest(
        run -> run.readings().value(error, Method.CUT.word()),
        error.name() + " of " + Method.CUT.word());
  }

  /** What the process saves over what the plans say, at the largest vocabulary. */
  public Measured saved() {
    return at(largest()).mean(SAVED, Method.CUT.word());
  }

  @Override
  public List<Figure> charts() {
    if (trials.isEmpty()) {
      return List.of();
    }
    return List.of(
        chart("loss", LOSS, "The loss alone."),
        chart("gradients", BOTH, "Loss and gradients; dx and dw have to be somewhere."));
  }

  private Figure chart(String name, Measure memory, String what) {
    List<Layer> layers = new ArrayList<>();
    for (Method method : Method.values()) {
      layers.add(trials.line(method.word(), t -> t.vocabulary().count(), memory, method.word()));
    }
    return Plot.of(PlotAxis.log("vocabulary", ""), PlotAxis.log("planned memory", "MiB"))
        .add(layers)
        .figure(
            name,
            what
                + " Planned peak beyond x, w and targets, "
                + Numbers.grouped(experiment.head().tokens().count())
                + " tokens.");
  }

  /** One line: the memory of the loss at the largest vocabulary. */
  @Override
  public String toString() {
    List<String> each = new ArrayList<>();
    for (Method method : Method.values()) {
      if (!at(largest()).isEmpty()) {
        double memory = at(largest()).mean(LOSS, method.word()).value();
        each.add(method.word() + " " + Numbers.significant(memory, 3) + " MiB");
      }
    }
    return "memory of the loss at "
        + Numbers.grouped(largest().count())
        + " classes: "
        + String.join(", ", each);
  }
}
