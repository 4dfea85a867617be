package reprise.kernel.magic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import reprise.dsl.Engine;
import reprise.dsl.Experiment;
import reprise.dsl.Reprise;
import reprise.dsl.claim.Card;
import reprise.dsl.plan.Plan;
import reprise.dsl.repro.Reproductions;
import reprise.dsl.repro.Scale;
import reprise.kernel.shell.InCell;
import reprise.kernel.shell.Magic;

/** What %plan and %program are about: a paper by its name, or Java that gives an experiment. */
final class Operand {
  private Operand() {}

  /** The plans, with their cost on this machine. */
  static List<Plan> plans(Magic.Call call) {
    var text = call.body() == null ? call.rest() : call.body();
    if (text.isBlank()) {
      throw call.error(
          "write a paper and a scale, such as %"
              + call.name()
              + " chinchilla smoke, or an experiment, such as %"
              + call.name()
              + " scalingLaw(CHINCHILLA)...");
    }
    return paper(call, text.strip()).orElseGet(() -> plans(call, InCell.eval(text)));
  }

  private static Optional<List<Plan>> paper(Magic.Call call, String text) {
    var words = text.split("\\s+");
    var paper =
        Reproductions.all().stream().filter(r -> r.card().slug().equals(words[0])).findFirst();
    if (paper.isEmpty() || words.length > 2) {
      return Optional.empty();
    }
    var scale =
        words.length == 1
            ? Scale.LAPTOP
            : Arrays.stream(Scale.values())
                .filter(s -> s.word().equals(words[1].toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                    call.error(
                        "'"
                            + words[1]
                            + "' is no scale; there are: "
                            + Arrays.stream(Scale.values())
                                .map(Scale::word)
                                .collect(Collectors.joining(", "))));
    return Optional.of(Reprise.plan(paper.get().card(), scale));
  }

  private static List<Plan> plans(Magic.Call call, Object value) {
    return switch (value) {
      case Experiment<?> experiment -> List.of(Reprise.plan(experiment));
      case Plan plan when plan.cost().isPresent() -> List.of(plan);
      case Plan plan -> List.of(Engine.find().cost(plan));
      case Card card -> Reprise.plan(card, Scale.LAPTOP);
      case null -> throw call.error("the code gives no value; end it with an experiment");
      default ->
          throw call.error(
              "the code gives "
                  + value.getClass().getName()
                  + ", which is neither an experiment nor a plan nor a paper's card");
    };
  }
}
