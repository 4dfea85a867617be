package reprise.dsl.compression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import reprise.dsl.Experiment;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.Decoder;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.plan.Optimisation;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Tokens;

/**
 * The information capacity of a family of models under several tokenizers of one text, ready to
 * run. The bias b is not ours to choose: it is the one that makes the sizes under the first
 * tokenizer coincide best, and holds for the others as it is.
 *
 * @param tokenizers the same text, cut in several ways; b is taken from the first
 * @param family models, one a width
 * @param tokens D of every run
 * @param seeds runs of every cell; 1 unless set
 */
public record InformationCapacity(
    List<Corpus> tokenizers, DecoderFamily family, Tokens tokens, int seeds)
    implements Experiment<InformationCapacityResult> {
  private static final Optimisation SETTINGS = new Optimisation(256, 0.006);

  public InformationCapacity {
    tokenizers = List.copyOf(tokenizers);
    Checks.present("models", family);
    Checks.present("tokens", tokens);
    Checks.positive("seeds", seeds, "runs of a cell");
  }

  /** Runs of every cell, with seeds 1 to n. */
  public InformationCapacity seeds(int n) {
    return new InformationCapacity(tokenizers, family, tokens, n);
  }

  @Override
  public Plan plan() {
    List<TrainTask> runs = new ArrayList<>();
    for (Corpus corpus : tokenizers) {
      for (Decoder model : family.members(corpus.vocabulary())) {
        for (int seed = 1; seed <= seeds; seed++) {
          String id = corpus.domain() + "-d" + model.width() + "-s" + seed;
          runs.add(new TrainTask(id, model, corpus, tokens, SETTINGS, seed, Optional.empty()));
        }
      }
    }
    String title =
        "information capacity on "
            + tokenizers.stream().map(Corpus::label).collect(Collectors.joining(", "))
            + ": "
            + family;
    return new Plan(title, runs, List.of());
  }

  @Override
  public InformationCapacityResult result(Outcome outcome) {
    return new InformationCapacityResult(this, outcome);
  }
}
