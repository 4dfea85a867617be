package reprise.dsl.repro;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import reprise.dsl.DataMissing;
import reprise.dsl.Engine;
import reprise.dsl.Experiment;
import reprise.dsl.RunFailure;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Claim;
import reprise.dsl.claim.Verdict;
import reprise.dsl.plan.RunOption;
import reprise.dsl.plan.Terms;
import reprise.dsl.result.Result;

/** The reproductions on the class path, and how one is carried out. */
public final class Reproductions {
  private Reproductions() {}

  /** All of them, by slug. */
  public static List<Reproduction> all() {
    return ServiceLoader.load(Reproduction.class, Reproduction.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(java.util.Comparator.comparing(r -> r.card().slug()))
        .toList();
  }

  /**
   * The reproduction of that card.
   *
   * @throws RunFailure when there is none, naming those there are
   */
  public static Reproduction of(Card card) {
    return named(card.slug());
  }

  /**
   * The reproduction of that slug.
   *
   * @throws RunFailure when there is none, naming those there are
   */
  public static Reproduction named(String slug) {
    return all().stream()
        .filter(r -> r.card().slug().equals(slug))
        .findFirst()
        .orElseThrow(() ->
            new RunFailure(
                "no reproduction of '"
                    + slug
                    + "'; there are: "
                    + all().stream().map(r -> r.card().slug()).collect(Collectors.joining(", "))));
  }

  /**
   * Carries out every part and gives a verdict on every claim of the card. A part that lacks its
   * data makes its claims Inconclusive, with the message that says what is missing.
   */
  public static Reproduced run(Reproduction reproduction, Scale scale, Engine engine) {
    long start = System.nanoTime();
    List<Reproduced.Done> done = new ArrayList<>();
    Map<String, Verdict> verdicts = new HashMap<>();
    for (Part<?> part : reproduction.parts(scale)) {
      done.add(run(reproduction.card(), part, engine, verdicts));
    }
    List<Verdict> ordered =
        reproduction.card().claims().stream()
            .map(c -> Optional.ofNullable(verdicts.get(c.id())).orElseGet(() -> silent(c, scale)))
            .toList();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Reproduced(reproduction.card(), scale, done, ordered, seconds);
  }

  private static <R extends Result> Reproduced.Done run(
      Card card, Part<R> part, Engine engine, Map<String, Verdict> verdicts) {
    Experiment<R> experiment = part.experiment();
    R result;
    try {
      result = experiment.result(engine.run(experiment.plan(), Terms.of(testing(card, part))));
    } catch (DataMissing missing) {
      for (Binding<R> binding : part.bindings()) {
        verdicts.put(
            binding.claim().id(),
            new Verdict.Inconclusive(binding.claim(), Optional.empty(), missing.getMessage()));
      }
      return new Reproduced.Done(part, Optional.empty(), missing.getMessage());
    }
    for (Binding<R> binding : part.bindings()) {
      verdicts.put(binding.claim().id(), judge(binding, result));
    }
    return new Reproduced.Done(part, Optional.of(result), "");
  }

  /** What the runs of a part are for, for their records. */
  public static RunOption.Testing testing(Card card, Part<?> part) {
    return new RunOption.Testing(
        card.slug(),
        part.bindings().stream().map(binding -> binding.claim().id()).distinct().toList());
  }

  // A number that cannot be read, because too many runs failed for instance, decides nothing.
  private static <R extends Result> Verdict judge(Binding<R> binding, R result) {
    Claim claim = binding.claim();
    try {
      return claim.rule().judge(claim, binding.reading().apply(result));
    } catch (RunFailure unreadable) {
      return new Verdict.Inconclusive(claim, Optional.empty(), unreadable.getMessage());
    }
  }

  private static Verdict silent(Claim claim, Scale scale) {
    return claim
        .rule()
        .unreachable()
        .<Verdict>map(why -> new Verdict.OutOfReach(claim, Optional.empty(), why))
        .orElseGet(() ->
            new Verdict.Inconclusive(
                claim,
                Optional.empty(),
                "not measured at " + scale.word() + " scale; run a larger one"));
  }
}
