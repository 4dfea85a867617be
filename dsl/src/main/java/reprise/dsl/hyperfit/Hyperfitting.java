package reprise.dsl.hyperfit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import reprise.dsl.Experiment;
import reprise.dsl.generation.Decoding;
import reprise.dsl.generation.LanguageModel;
import reprise.dsl.generation.Prompting;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;

/**
 * A hyperfitting experiment, ready to run. Options are set again by naming them again.
 *
 * @param model to fit
 * @param samples windows of the set
 * @param orders orders of the data; 2 unless set
 * @param fewer smaller sets at the same number of updates; none unless set
 * @param tuning how the model is fitted; {@link Tuning#DEFAULT} unless set
 * @param epochs after which the model is read; 1, 3, 5, 10, 20, 40 unless set
 * @param rules compared with greedy; nucleus .9 unless set
 * @param prompting what is continued; 48 prompts of 32 tokens and 96 new ones unless set
 * @param seeds models, with seeds 1 to n; 1 unless set
 */
public record Hyperfitting(
    LanguageModel model,
    int samples,
    int orders,
    List<Integer> fewer,
    Tuning tuning,
    List<Integer> epochs,
    List<Decoding> rules,
    Prompting prompting,
    int seeds)
    implements Experiment<HyperfittingResult> {
  public Hyperfitting {
    Checks.present("model", model);
    Checks.positive("samples", samples, "windows");
    Checks.positive("orders", orders, "orders of the data");
    Checks.present("tuning", tuning);
    Checks.present("prompting", prompting);
    Checks.positive("seeds", seeds, "models");
    fewer = List.copyOf(fewer);
    epochs = List.copyOf(epochs);
    rules = rules.stream().filter(r -> !(r instanceof Decoding.Greedy)).distinct().toList();
  }

  /** The number of orders of the data, each a fit of its own from the same weights. */
  public Hyperfitting orders(int count) {
    return new Hyperfitting(model, samples, count, fewer, tuning, epochs, rules, prompting, seeds);
  }

  /** Smaller sets, fitted with the same number of updates. */
  public Hyperfitting fewer(Integer... windows) {
    return new Hyperfitting(
        model, samples, orders, Arrays.asList(windows), tuning, epochs, rules, prompting, seeds);
  }

  /** Updates of every fit. */
  public Hyperfitting updates(int count) {
    Tuning longer = new Tuning(tuning.batch(), tuning.rate(), count);
    return new Hyperfitting(model, samples, orders, fewer, longer, epochs, rules, prompting, seeds);
  }

  /** Learning rate of the fits. */
  public Hyperfitting learningRate(double rate) {
    Tuning other = new Tuning(tuning.batch(), rate, tuning.updates());
    return new Hyperfitting(model, samples, orders, fewer, other, epochs, rules, prompting, seeds);
  }

  /** Epochs after which model and greedy texts are read. */
  public Hyperfitting readAfter(Integer... epochNumbers) {
    return new Hyperfitting(
        model,
        samples,
        orders,
        fewer,
        tuning,
        Arrays.asList(epochNumbers),
        rules,
        prompting,
        seeds);
  }

  /** Ways of decoding compared with greedy, before and after. */
  public Hyperfitting with(Decoding... others) {
    return new Hyperfitting(
        model, samples, orders, fewer, tuning, epochs, List.of(others), prompting, seeds);
  }

  /** The number of held-out beginnings to continue. */
  public Hyperfitting prompts(int count) {
    return prompting(prompting.prompts(count));
  }

  /** Tokens of each beginning. */
  public Hyperfitting given(int count) {
    return prompting(prompting.given(count));
  }

  /** New tokens of each text. */
  public Hyperfitting tokens(int count) {
    return prompting(prompting.tokens(count));
  }

  private Hyperfitting prompting(Prompting other) {
    return new Hyperfitting(model, samples, orders, fewer, tuning, epochs, rules, other, seeds);
  }

  /** Models, with seeds 1 to n. */
  public Hyperfitting seeds(int n) {
    return new Hyperfitting(model, samples, orders, fewer, tuning, epochs, rules, prompting, n);
  }

  @Override
  public Plan plan() {
    List<HyperfitTask> runs =
        IntStream.rangeClosed(1, seeds)
            .mapToObj(seed ->
                new HyperfitTask(
                    "s" + seed,
                    model,
                    samples,
                    orders,
                    fewer,
                    tuning,
                    epochs,
                    rules,
                    prompting,
                    seed))
            .toList();
    return new Plan("hyperfitting on " + samples + " windows, " + model.label(), runs, List.of());
  }

  @Override
  public HyperfittingResult result(Outcome outcome) {
    return new HyperfittingResult(this, outcome);
  }
}
