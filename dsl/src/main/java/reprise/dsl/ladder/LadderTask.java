package reprise.dsl.ladder;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import reprise.dsl.generation.LanguageModel;
import reprise.dsl.plan.Field;
import reprise.dsl.plan.Task;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;

/**
 * One model to be trained and asked; its folder in the store keeps its weights.
 *
 * @param id unique in its plan
 * @param model what is trained, on what, how long and how
 * @param recipe {@link #LADDER} for a reference model, else the recipe's name
 * @param benchmark what it is asked
 * @param compressions it is asked as trained and after each of these
 * @param seed of initialisation and order of the data
 */
public record LadderTask(
    String id,
    LanguageModel.Trained model,
    String recipe,
    ClozeBenchmark benchmark,
    List<Compression> compressions,
    int seed)
    implements Task {
  /** The recipe of reference models. */
  public static final String LADDER = "ladder";

  /** File with the weights, in the folder of a run. */
  public static final String WEIGHTS = "weights.safetensors";

  public LadderTask {
    Checks.text("run id", id);
    Checks.present("model", model);
    Checks.text("recipe", recipe);
    Checks.present("benchmark", benchmark);
    compressions = List.copyOf(compressions);
  }

  /** Whether it is a step of the ladder. */
  public boolean reference() {
    return recipe.equals(LADDER);
  }

  @Override
  public int steps() {
    return model.steps();
  }

  @Override
  public Flops flops() {
    return new Flops(model.trainingFlops());
  }

  /** A forward pass over the held-out tenth, and the items' windows as often as it is asked. */
  @Override
  public double evaluationFlops() {
    double windows = 2.0 * benchmark.items() * (1 + compressions.size());
    return 2 * model.params().count() * (windows + 20_000);
  }

  @Override
  public Bytes memory() {
    return model.memory(1);
  }

  @Override
  public String setting() {
    return benchmark
        + "; AdamW(0.9, 0.95), clip 1, warm-up 5 %, cosine to 0, "
        + model.optimisation().tokensPerStep()
        + " tokens a step";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.words("recipe", recipe),
        Field.number("N", model.params().count(), Numbers.short3(model.params().count())),
        Field.whole("D tokens", model.tokensRead()),
        Field.whole("steps", steps()),
        Field.number("FLOP", flops().count(), Numbers.scientific(flops().count())),
        Field.number("memory", memory().count(), memory().toString()),
        Field.number("peak lr", model.optimisation().peakRate(model.model().width())),
        Field.number("seed", seed, String.valueOf(seed)),
        Field.words(
            "also as",
            compressions.isEmpty()
                ? "-"
                : compressions.stream().map(Compression::word).collect(Collectors.joining(", "))),
        Field.words("corpus", model.corpus().label()));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>(model.problems());
    problems.addAll(tooShort(model.context()));
    return problems;
  }

  static List<String> tooShort(int context) {
    return context > ClozeBenchmark.SEEN
        ? List.of()
        : List.of(
            "expected a context of more than the "
                + ClozeBenchmark.SEEN
                + " tokens that precede an item, got "
                + context);
  }
}
