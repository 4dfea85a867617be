package reprise.dsl.hyperfit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import reprise.dsl.generation.Decoding;
import reprise.dsl.generation.LanguageModel;
import reprise.dsl.generation.Prompting;
import reprise.dsl.plan.Field;
import reprise.dsl.plan.Task;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Tokens;

/**
 * One language model, trained once and then hyperfitted from the same weights several times: on all
 * windows in several orders, and on fewer windows.
 *
 * @param id unique in its plan, also the name of the run's directory
 * @param model is trained first
 * @param samples windows of the set, each as long as the model's context
 * @param orders how often it is fitted to them, in another order of the data each
 * @param fewer sizes of smaller sets, the first windows of it
 * @param tuning how it is fitted
 * @param epochs of the first order after which model and greedy texts are read
 * @param rules ways of decoding read before and after, beside greedy
 * @param prompting what is continued
 * @param seed of model, orders and draws
 */
public record HyperfitTask(
    String id,
    LanguageModel model,
    int samples,
    int orders,
    List<Integer> fewer,
    Tuning tuning,
    List<Integer> epochs,
    List<Decoding> rules,
    Prompting prompting,
    int seed)
    implements Task {
  public HyperfitTask {
    Checks.text("run id", id);
    Checks.present("model", model);
    Checks.positive("samples", samples, "windows");
    Checks.positive("orders", orders, "orders of the data");
    Checks.present("tuning", tuning);
    Checks.present("prompting", prompting);
    fewer = List.copyOf(fewer);
    epochs = epochs.stream().sorted().distinct().toList();
    rules = List.copyOf(rules);
  }

  /** How often the model is fitted. */
  public int fits() {
    return orders + fewer.size();
  }

  /** The epochs to read that the run comes to before its end. */
  public List<Integer> readEpochs() {
    return epochs.stream().filter(e -> tuning.updatesUntil(e, samples) < tuning.updates()).toList();
  }

  @Override
  public int steps() {
    return model.steps() + fits() * tuning.updates();
  }

  /** C = 6 N D, of training and of every fit. */
  @Override
  public Flops flops() {
    long windows = (long) orders * tuning.batch(samples);
    for (int n : fewer) {
      windows += tuning.batch(n);
    }
    Tokens fitted = new Tokens(windows * tuning.updates() * model.context());
    return new Flops(model.trainingFlops() + Flops.ofTraining(model.params(), fitted).count());
  }

  /** Forward passes over the held-out tenth and over texts, a third of a training step a token. */
  @Override
  public double evaluationFlops() {
    int readings = readEpochs().size() + 1 + fits();
    double scored = 128.0 * model.context();
    double texts = (double) prompting.prompts() * (prompting.given() + prompting.tokens());
    return 2 * model.params().count() * (readings * (scored + texts) + 4 * rules.size() * texts);
  }

  @Override
  public Bytes memory() {
    return model.memory(prompting.prompts());
  }

  @Override
  public String setting() {
    return model.setting() + "; hyperfitted by " + tuning + "; " + prompting;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.number("N", model.params().count(), Numbers.short3(model.params().count())),
        Field.whole("D tokens", model.tokensRead()),
        Field.whole("windows", samples),
        Field.whole("orders", orders),
        Field.words("fewer", fewer.stream().map(String::valueOf).collect(Collectors.joining(", "))),
        Field.number("FLOP", flops().count(), Numbers.scientific(flops().count())),
        Field.number("memory", memory().count(), memory().toString()),
        Field.number("seed", seed, String.valueOf(seed)),
        Field.words(
            "read after epochs",
            epochs.stream().map(String::valueOf).collect(Collectors.joining(", "))),
        Field.words("rules", rules.stream().map(Decoding::label).collect(Collectors.joining(", "))),
        Field.words("model", model.label()));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>(model.problems());
    problems.addAll(prompting.problems(model));
    List<Integer> sets = new ArrayList<>(fewer);
    sets.add(samples);
    for (int n : sets) {
      if (n < 1 || n % tuning.batch(n) != 0) {
        problems.add(
            "expected a number of windows that fills batches of " + tuning.batch() + ", got " + n);
      }
    }
    fewer.stream()
        .filter(n -> n >= samples)
        .forEach(n ->
            problems.add(
                "expected smaller sets to have fewer windows than " + samples + ", got " + n));
    if (tuning.updates() < tuning.updatesAnEpoch(samples)) {
      problems.add(
          "expected at least one epoch of "
              + tuning.updatesAnEpoch(samples)
              + " updates, got "
              + tuning.updates());
    }
    return problems;
  }
}
