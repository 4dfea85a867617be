package reprise.dsl.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import reprise.dsl.model.TransformerModel;
import reprise.dsl.plan.Field;
import reprise.dsl.plan.Task;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Counting;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Params;
import reprise.dsl.unit.Tokens;

/**
 * One model to be taught facts, and read.
 *
 * @param id unique in its plan
 * @param protocol how it is trained
 * @param facts what it shall know
 * @param model what learns
 * @param exposures how often each person is met
 * @param company whose texts stand between
 * @param batch texts in a step that count
 * @param peakRate learning rate after warm-up
 * @param reads how matrices are kept when knowledge is read
 * @param seed of people, initialisation, order and words
 */
public record CapacityTask(
    String id,
    CapacityProtocol protocol,
    Facts facts,
    TransformerModel model,
    int exposures,
    Company company,
    int batch,
    double peakRate,
    List<Precision> reads,
    int seed)
    implements Task {
  /** How often each person's text is recited, in new words each time, for every reading. */
  public static final int PASSES = 4;

  public CapacityTask {
    Checks.text("run id", id);
    Checks.present("facts", facts);
    Checks.present("model", model);
    Checks.present("company", company);
    reads = List.copyOf(reads);
  }

  /** Texts that count, N times exposures. */
  public long texts() {
    return (long) facts.people() * exposures;
  }

  /** Optimiser steps: every person is met exactly as often as said. */
  @Override
  public int steps() {
    return Math.toIntExact(texts() / batch);
  }

  /** Texts in a step with those of others. */
  public int textsInStep() {
    return batch * (1 + company.perText());
  }

  /** P, all parameters: the closed vocabulary has no token without use. */
  public Params params() {
    return model.params(Counting.ALL, vocabulary());
  }

  /** Different tokens. */
  public int vocabulary() {
    return facts.vocabulary(company.marked());
  }

  /** D, with the texts of others. */
  public Tokens tokens() {
    return new Tokens((long) steps() * textsInStep() * facts.tokens());
  }

  /** 6 N D, N the weights of matrix products that a token meets. */
  @Override
  public Flops flops() {
    return Flops.ofTraining(
        new Params(model.used(vocabulary()), Counting.MATRIX),
        new Tokens(Math.max(1, tokens().count())));
  }

  /** Recitations of all precisions, a third of a training step each. */
  @Override
  public double evaluationFlops() {
    return 2.0 * model.used(vocabulary()) * facts.people() * PASSES * facts.tokens() * reads.size();
  }

  /** As {@link reprise.dsl.plan.TrainTask#memory}, and the table of facts. */
  @Override
  public Bytes memory() {
    double weights = 16 * params().count();
    double rows = (double) textsInStep() * facts.tokens();
    double numbers =
        rows * (34.0 * model.width() * model.layers() + 2.0 * vocabulary())
            + 2.0 * model.layers() * model.heads() * rows * facts.tokens();
    double table = (double) (facts.people() + company.people()) * facts.tokens();
    return new Bytes(Math.round(weights + 4 * (numbers + table)));
  }

  /** R_max. */
  public double most() {
    return facts.most(params().count());
  }

  @Override
  public String setting() {
    return String.format(
        Locale.ROOT,
        "%s: AdamW(%s, %s, eps %s), decay %s, clip %s, warm-up %d steps or a tenth, cosine to %s %%;"
            + " read at %s",
        protocol.name(),
        Numbers.significant(protocol.beta1(), 3),
        Numbers.significant(protocol.beta2(), 3),
        Numbers.scientific(protocol.epsilon()),
        Numbers.significant(protocol.weightDecay(), 3),
        Numbers.significant(protocol.clip(), 3),
        protocol.warmup(),
        Numbers.significant(100 * protocol.floor(), 3),
        reads.stream().map(Precision::word).collect(Collectors.joining(", ")));
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.words("facts", facts.label()),
        Field.words("model", model.label()),
        Field.number("P", params().count(), Numbers.grouped(Math.round(params().count()))),
        Field.number("R max", most()),
        Field.whole("exposures", exposures),
        Field.words("company", company.label()),
        Field.whole("texts a step", textsInStep()),
        Field.whole("steps", steps()),
        Field.number("D tokens", tokens().count(), Numbers.short3(tokens().count())),
        Field.number("FLOP", flops().count(), Numbers.scientific(flops().count())),
        Field.number("peak lr", peakRate),
        Field.number("seed", seed, String.valueOf(seed)));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (texts() % batch != 0) {
      problems.add(
          "expected people x exposures = "
              + Numbers.grouped(texts())
              + " to be a multiple of the batch, so that everyone is met equally often, got batch "
              + batch
              + "; try "
              + divisor());
    }
    return problems;
  }

  private int divisor() {
    int b = batch;
    while (texts() % b != 0) {
      b--;
    }
    return b;
  }
}
