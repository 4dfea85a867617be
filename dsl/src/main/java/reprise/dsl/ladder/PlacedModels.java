package reprise.dsl.ladder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.data.PointsSource;
import reprise.dsl.law.Column;
import reprise.dsl.law.Points;
import reprise.dsl.model.Decoder;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.plan.AnalysisTask;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Params;

/**
 * The density of one's own models on a ladder, ready to run. A model is named again to replace it.
 *
 * @param ladder whose rulers measure them
 * @param models in the order they were named
 */
public record PlacedModels(LadderResult ladder, List<PlacedModel> models)
    implements Experiment<PlacedResult> {
  /** Id of the models that are given by their scores. */
  static final String SCORES = "scores";

  public PlacedModels {
    models = List.copyOf(models);
  }

  /** A model by its size, weights of matrix products, and its score in the ladder's benchmark. */
  public PlacedModels model(String name, Params params, double score) {
    return and(new PlacedModel.ByScore(name, params, score));
  }

  /**
   * A model by its weights.
   *
   * @param shape a decoder of one width with the ladder's context
   * @param file safetensors with the names and shapes of such a decoder
   */
  public PlacedModels checkpoint(String name, DecoderFamily shape, Path file) {
    if (shape.widths().values().size() != 1) {
      throw new IllegalArgumentException(
          name + ": a checkpoint has one width, got " + shape.widths());
    }
    int asked = ladder.experiment().family().context().count();
    if (shape.context().count() != asked) {
      throw new IllegalArgumentException(
          name
              + ": the ladder asks its models in a context of "
              + asked
              + " tokens, the checkpoint has "
              + shape.context().count()
              + "; say decoder(..).context("
              + asked
              + ") where its positions are as many");
    }
    Decoder model = shape.members(ladder.experiment().corpus().vocabulary()).getFirst();
    return and(PlacedModel.ByWeights.of(name, model, file));
  }

  private PlacedModels and(PlacedModel model) {
    List<PlacedModel> all = new ArrayList<>(models);
    all.removeIf(m -> m.name().equals(model.name()));
    all.add(model);
    return new PlacedModels(ladder, all);
  }

  @Override
  public Plan plan() {
    List<CheckpointTask> runs = new ArrayList<>();
    List<PlacedModel.ByScore> scored = new ArrayList<>();
    for (PlacedModel model : models) {
      switch (model) {
        case PlacedModel.ByWeights weights ->
            runs.add(
                new CheckpointTask(
                    "checkpoint-" + (runs.size() + 1),
                    weights,
                    ladder.experiment().corpus(),
                    ladder.experiment().benchmark()));
        case PlacedModel.ByScore score -> scored.add(score);
      }
    }
    return new Plan(
        "density on the ladder of " + ladder.experiment().family(),
        runs,
        scored.isEmpty() ? List.of() : List.of(read(scored)));
  }

  private static AnalysisTask read(List<PlacedModel.ByScore> models) {
    Points points =
        new Points(
            List.of(
                new Column("N", models.stream().mapToDouble(m -> m.params().count()).toArray()),
                new Column(
                    "score", models.stream().mapToDouble(PlacedModel.ByScore::score).toArray())),
            models.stream().map(PlacedModel.ByScore::name).toList());
    return new AnalysisTask.ReadPoints(
        SCORES, new PointsSource.Printed("scores of one's own models", points));
  }

  @Override
  public PlacedResult result(Outcome outcome) {
    return new PlacedResult(this, outcome);
  }
}
