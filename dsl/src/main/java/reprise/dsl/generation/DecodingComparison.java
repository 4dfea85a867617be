package reprise.dsl.generation;

import java.util.List;
import java.util.stream.IntStream;
import reprise.dsl.Experiment;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;

/**
 * Ways of decoding side by side on one model, ready to run. Options are set again by naming them
 * again.
 *
 * @param model that writes
 * @param rules compared
 * @param prompting what is continued; 48 prompts of 32 tokens and 96 new ones unless set
 * @param seeds models, with seeds 1 to n; 1 unless set
 */
public record DecodingComparison(
    LanguageModel model, List<Decoding> rules, Prompting prompting, int seeds)
    implements Experiment<DecodingResult> {
  public DecodingComparison {
    Checks.present("model", model);
    Checks.present("prompting", prompting);
    Checks.positive("seeds", seeds, "models");
    rules = rules.stream().distinct().toList();
  }

  /** The number of held-out beginnings to continue. */
  public DecodingComparison prompts(int count) {
    return new DecodingComparison(model, rules, prompting.prompts(count), seeds);
  }

  /** Tokens of each beginning. */
  public DecodingComparison given(int count) {
    return new DecodingComparison(model, rules, prompting.given(count), seeds);
  }

  /** New tokens of each text. */
  public DecodingComparison tokens(int count) {
    return new DecodingComparison(model, rules, prompting.tokens(count), seeds);
  }

  /** Models trained and compared, with seeds 1 to n. */
  public DecodingComparison seeds(int n) {
    return new DecodingComparison(model, rules, prompting, n);
  }

  @Override
  public Plan plan() {
    List<DecodingTask> runs =
        IntStream.rangeClosed(1, seeds)
            .mapToObj(seed -> new DecodingTask("s" + seed, model, rules, prompting, seed))
            .toList();
    return new Plan("decoders compared, " + model.label(), runs, List.of());
  }

  @Override
  public DecodingResult result(Outcome outcome) {
    return new DecodingResult(this, outcome);
  }
}
