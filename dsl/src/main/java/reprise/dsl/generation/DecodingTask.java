package reprise.dsl.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import reprise.dsl.plan.Field;
import reprise.dsl.plan.Task;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;

/**
 * One language model that continues the same prompts under several rules.
 *
 * @param id unique in its plan, also the name of the run's directory
 * @param model is trained first
 * @param rules one a row of the frame
 * @param prompting what is continued
 * @param seed of the model and of the draws
 */
public record DecodingTask(
    String id, LanguageModel model, List<Decoding> rules, Prompting prompting, int seed)
    implements Task {
  public DecodingTask {
    Checks.text("run id", id);
    Checks.present("model", model);
    Checks.present("prompting", prompting);
    rules = List.copyOf(rules);
  }

  @Override
  public int steps() {
    return model.steps();
  }

  /** Of training; of writing where the model is loaded. */
  @Override
  public Flops flops() {
    return new Flops(model.trainingFlops() > 0 ? model.trainingFlops() : forwardFlops());
  }

  /** What writing adds to training. */
  @Override
  public double evaluationFlops() {
    return model.trainingFlops() > 0 ? forwardFlops() : 0;
  }

  // a forward pass, a third of a training step, over the prompts and what follows them
  private double forwardFlops() {
    double tokens = (double) prompting.prompts() * (prompting.given() + prompting.tokens());
    return 2 * model.params().count() * tokens * rules.size();
  }

  @Override
  public Bytes memory() {
    return model.memory(prompting.prompts());
  }

  @Override
  public String setting() {
    return model.setting() + "; " + prompting;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.number("N", model.params().count(), Numbers.short3(model.params().count())),
        Field.whole("D tokens", model.tokensRead()),
        Field.number("FLOP", flops().count(), Numbers.scientific(flops().count())),
        Field.number("memory", memory().count(), memory().toString()),
        Field.number("seed", seed, String.valueOf(seed)),
        Field.words("rules", rules.stream().map(Decoding::label).collect(Collectors.joining(", "))),
        Field.words("model", model.label()));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>(model.problems());
    problems.addAll(prompting.problems(model));
    if (rules.isEmpty()) {
      problems.add("expected at least one way of decoding, such as greedy(), got none");
    }
    rules.stream()
        .filter(Decoding.Blocked.class::isInstance)
        .forEach(rule ->
            problems.add(
                "expected rules without citation blocking, since nothing is fine-tuned here, got '"
                    + rule.label()
                    + "'; compare it in hyperfitting(...)"));
    return problems;
  }
}
