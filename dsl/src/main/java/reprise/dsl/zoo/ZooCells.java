package reprise.dsl.zoo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import reprise.dsl.result.Measure;
import reprise.dsl.result.RunOutcome.Finished;

/** The models of a zoo by cell. */
record ZooCells(ModelZoo experiment, List<Finished<ZooTask>> models) {
  /** A model no better than half as good again as guessing has collapsed. */
  private static final double COLLAPSED = 1.5;

  Map<ZooTask.Cell, List<Finished<ZooTask>>> grouped() {
    Map<ZooTask.Cell, List<Finished<ZooTask>>> cells = new LinkedHashMap<>();
    models.forEach(m -> cells.computeIfAbsent(m.task().cell(), _ -> new ArrayList<>()).add(m));
    return cells;
  }

  /** The cells of these data sets. */
  PhaseMap map(List<ZooData> data) {
    List<ZooCell> cells = new ArrayList<>();
    grouped()
        .forEach((cell, seeds) -> {
          if (data.contains(cell.data())) {
            cells.add(cell(cell, seeds));
          }
        });
    double chance = COLLAPSED * 100 / experiment.data().getFirst().classes();
    return new PhaseMap(
        overNoise() ? "label noise %" : "width",
        experiment.temperature().name(),
        experiment.rule(),
        cells,
        chance);
  }

  /** Several data sets and one width: their noise is the load. */
  boolean overNoise() {
    return experiment.data().size() > 1 && experiment.family().members().size() == 1;
  }

  private ZooCell cell(ZooTask.Cell cell, List<Finished<ZooTask>> seeds) {
    return new ZooCell(
        overNoise() ? 100 * cell.data().noise().share() : cell.model().width(),
        temperature(cell.descent()),
        new Landscape(
            mean(seeds, ZooMeasures.TRAIN_LOSS),
            mean(seeds, ZooMeasures.TRACE),
            pairs(seeds, experiment.start().measure()),
            pairs(seeds, experiment.similarity().measure())),
        mean(seeds, ZooMeasures.TRAIN_ACCURACY),
        seeds.stream().map(m -> m.readings().value(ZooMeasures.TEST_ACCURACY)).toList());
  }

  private double temperature(Descent descent) {
    return switch (experiment.temperature()) {
      case Temperature.Batches _ -> descent.batch();
      case Temperature.LearningRates _ -> descent.rate();
      case Temperature.WeightDecays _ -> descent.weightDecay();
    };
  }

  static double mean(List<Finished<ZooTask>> seeds, Measure measure) {
    return seeds.stream()
        .mapToDouble(m -> m.readings().value(measure))
        .average()
        .orElse(Double.NaN);
  }

  /** Mean over all pairs of seeds of a cell; NaN where one pair is. */
  static double pairs(List<Finished<ZooTask>> seeds, Measure measure) {
    List<Double> values = new ArrayList<>();
    for (Finished<ZooTask> a : seeds) {
      for (Finished<ZooTask> b : seeds) {
        OptionalDouble value = a.readings().find(measure, ZooMeasures.pair(b.task().seed()));
        value.ifPresent(values::add);
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** Mean of all readings of a measure in a cell, at whatever stage. */
  static double anywhere(List<Finished<ZooTask>> seeds, Measure measure) {
    return seeds.stream()
        .flatMap(m -> m.readings().values().stream())
        .filter(r -> r.measure().equals(measure))
        .mapToDouble(reprise.dsl.result.Reading::value)
        .average()
        .orElse(Double.NaN);
  }
}
