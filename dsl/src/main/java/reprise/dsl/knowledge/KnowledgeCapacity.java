package reprise.dsl.knowledge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import reprise.dsl.Experiment;
import reprise.dsl.model.TransformerModel;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;

/**
 * An experiment on knowledge capacity, ready to run: every model on every set of facts, for every
 * number of exposures. Options are set again by naming them again.
 *
 * @param protocol how models are trained
 * @param facts what is to be known
 * @param models what learns
 * @param exposures how often each person is met
 * @param company whose texts stand between; nobody's unless set
 * @param seeds runs of every cell; 1 unless set
 * @param batch texts in a step that count; 16 unless set
 * @param learningRate peak rate of a model of width 32, others use {@code lr0 sqrt(32/d)}; .004
 *     unless set
 * @param reads how matrices are kept when knowledge is read; as trained unless set
 */
public record KnowledgeCapacity(
    CapacityProtocol protocol,
    List<Facts> facts,
    List<TransformerModel> models,
    List<Integer> exposures,
    List<Company> company,
    int seeds,
    int batch,
    double learningRate,
    List<Precision> reads)
    implements Experiment<CapacityResult> {
  private static final int BATCH = 16;
  private static final double RATE = 0.004;

  public KnowledgeCapacity {
    Checks.present("protocol", protocol);
    facts = some("people", facts);
    models = some("models", models);
    exposures = some("exposures", exposures);
    company = some("company", company);
    reads = some("readAt", reads);
    Checks.positive("seeds", seeds, "runs of a cell");
    Checks.positive("batch", batch, "texts");
    Checks.positive("learning rate", learningRate, "step size");
    exposures.forEach(x -> Checks.positive("exposures", x, "meetings"));
  }

  private static <E> List<E> some(String name, List<E> list) {
    if (list.isEmpty()) {
      throw new IllegalArgumentException(name + ": give at least one");
    }
    if (new LinkedHashSet<>(list).size() != list.size()) {
      throw new IllegalArgumentException(name + ": each may stand once, got " + list);
    }
    return List.copyOf(list);
  }

  static KnowledgeCapacity of(
      CapacityProtocol protocol,
      List<Facts> facts,
      List<TransformerModel> models,
      List<Integer> exposures) {
    return new KnowledgeCapacity(
        protocol,
        facts,
        models,
        exposures,
        List.of(Company.NONE),
        1,
        BATCH,
        RATE,
        List.of(Precision.FLOAT32));
  }

  /** Runs of every cell, with seeds 1 to n: people, initialisation, order and words of texts. */
  public KnowledgeCapacity seeds(int n) {
    return new KnowledgeCapacity(
        protocol, facts, models, exposures, company, n, batch, learningRate, reads);
  }

  /** Texts in a step that count; must divide people times exposures. */
  public KnowledgeCapacity batch(int texts) {
    return new KnowledgeCapacity(
        protocol, facts, models, exposures, company, seeds, texts, learningRate, reads);
  }

  /** Peak learning rate of a model of width 32; others use {@code lr0 sqrt(32/d)}. */
  public KnowledgeCapacity learningRate(double lr0) {
    return new KnowledgeCapacity(
        protocol, facts, models, exposures, company, seeds, batch, lr0, reads);
  }

  /** How matrices are kept when knowledge is read, one reading each. */
  public KnowledgeCapacity readAt(Precision... precisions) {
    return new KnowledgeCapacity(
        protocol,
        facts,
        models,
        exposures,
        company,
        seeds,
        batch,
        learningRate,
        List.of(precisions));
  }

  /** Whose texts stand between those that count; each company is a run of its own. */
  public KnowledgeCapacity among(Company... others) {
    return new KnowledgeCapacity(
        protocol, facts, models, exposures, List.of(others), seeds, batch, learningRate, reads);
  }

  @Override
  public Plan plan() {
    List<CapacityTask> runs = new ArrayList<>();
    for (Facts set : facts) {
      for (TransformerModel model : models) {
        for (int meetings : exposures) {
          for (Company others : company) {
            for (int seed = 1; seed <= seeds; seed++) {
              runs.add(task(set, model, meetings, others, seed));
            }
          }
        }
      }
    }
    return new Plan(title(), runs, List.of());
  }

  private CapacityTask task(
      Facts set, TransformerModel model, int meetings, Company others, int seed) {
    String id = set.id() + "-" + model.label() + "-x" + meetings + others.id() + "-s" + seed;
    double rate = learningRate * Math.sqrt(32.0 / model.width());
    return new CapacityTask(id, protocol, set, model, meetings, others, batch, rate, reads, seed);
  }

  private String title() {
    return "bits of knowledge a parameter: "
        + facts.stream().map(Facts::label).collect(Collectors.joining(", "))
        + "; "
        + models.stream().map(TransformerModel::label).collect(Collectors.joining(", "))
        + "; "
        + exposures.stream().map(String::valueOf).collect(Collectors.joining(", "))
        + " exposures";
  }

  @Override
  public CapacityResult result(Outcome outcome) {
    return new CapacityResult(this, outcome);
  }
}
