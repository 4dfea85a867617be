package reprise.dsl;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.RunOption;
import reprise.dsl.plan.Terms;
import reprise.dsl.repro.Reproduced;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Reproductions;
import reprise.dsl.repro.Scale;
import reprise.dsl.result.Result;

/**
 * The verbs, and by inheritance all the words of the language. One import serves:
 *
 * <pre>{@code
 * import static reprise.dsl.Reprise.*;
 * }</pre>
 *
 * <p>Nouns describe and compute nothing; the four verbs do: {@link #plan}, {@link #run}, {@link
 * #check}, {@link #explain}. A chain stands inside a verb's parentheses, so that the same lines run
 * in a notebook, in a script and pasted into JShell.
 */
public final class Reprise extends Nouns {
  private Reprise() {}

  /** What would be done and what it costs on this machine; trains nothing. */
  public static Plan plan(Experiment<?> experiment) {
    return Engine.find().cost(experiment.plan());
  }

  /** Runs an experiment and returns its typed result; a run done before is read from the store. */
  public static <R extends Result> R run(Experiment<R> experiment) {
    return experiment.result(Engine.find().run(experiment.plan()));
  }

  /**
   * The same on terms, such as {@code run(experiment, within(minutes(5)))}: what comes out of a run
   * does not depend on them.
   */
  public static <R extends Result> R run(Experiment<R> experiment, RunOption... options) {
    return experiment.result(Engine.find().run(experiment.plan(), Terms.of(options)));
  }

  /** Tests a paper's claims at laptop scale: minutes on two cores. */
  public static Reproduced check(Card card) {
    return check(card, Scale.LAPTOP);
  }

  /** Tests a paper's claims at a scale. */
  public static Reproduced check(Card card, Scale scale) {
    return Reproductions.run(Reproductions.of(card), scale, Engine.find());
  }

  /** What {@link #check} would do at a scale, part by part, and what it costs; trains nothing. */
  public static List<Plan> plan(Card card, Scale scale) {
    Engine engine = Engine.find();
    Reproduction reproduction = Reproductions.of(card);
    return reproduction.parts(scale).stream()
        .map(part -> engine.cost(part.experiment().plan()))
        .toList();
  }

  /** More about anything: a card, a claim, a verdict, a law, a plan, a result. */
  public static Explanation explain(Object anything) {
    return Explanation.of(anything);
  }
}
