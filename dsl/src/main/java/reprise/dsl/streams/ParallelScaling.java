package reprise.dsl.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import reprise.dsl.Experiment;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.Decoder;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.plan.Optimisation;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Tokens;
import reprise.dsl.unit.Widths;

/**
 * Parallel streams against more parameters, ready to run: every model with every number of streams,
 * and plain decoders of other widths to compare with. Options are set again by naming them again.
 *
 * @param family the models that streams go through
 * @param streams numbers of streams P, ascending from 1
 * @param corpus what they are trained on
 * @param tokens what each of them sees
 * @param rivals widths of plain decoders besides; none unless set
 * @param prefix trained key-value entries of a layer, head and stream; 8 unless set
 * @param smoothing share of the aggregator's weights spread evenly; .01 unless set, as in the paper
 * @param seeds runs of every cell; 1 unless set
 * @param optimisation 256 tokens a step at peak rate .006 unless set
 */
public record ParallelScaling(
    DecoderFamily family,
    List<Integer> streams,
    Corpus corpus,
    Tokens tokens,
    Optional<Widths> rivals,
    int prefix,
    double smoothing,
    int seeds,
    Optimisation optimisation)
    implements Experiment<ParallelResult> {
  public ParallelScaling {
    Checks.present("models", family);
    streams = List.copyOf(streams);
    Checks.present("corpus", corpus);
    Checks.present("tokens", tokens);
    Checks.positive("prefix", prefix, "entries");
    Checks.positive("seeds", seeds, "runs of a cell");
    Checks.present("optimisation", optimisation);
  }

  static ParallelScaling of(
      DecoderFamily family, List<Integer> streams, Corpus corpus, Tokens tokens) {
    Optimisation settings = new Optimisation(256, 0.006);
    return new ParallelScaling(
        family, streams, corpus, tokens, Optional.empty(), 8, 0.01, 1, settings);
  }

  /** Plain decoders of these widths besides: what more parameters bring instead of streams. */
  public ParallelScaling against(Widths plain) {
    return new ParallelScaling(
        family,
        streams,
        corpus,
        tokens,
        Optional.of(plain),
        prefix,
        smoothing,
        seeds,
        optimisation);
  }

  /** Trained key-value entries of a layer, head and stream, which tell the streams apart. */
  public ParallelScaling prefix(int entries) {
    return new ParallelScaling(
        family, streams, corpus, tokens, rivals, entries, smoothing, seeds, optimisation);
  }

  /** The share of the aggregator's weights that is spread evenly over the streams. */
  public ParallelScaling smoothing(double share) {
    return new ParallelScaling(
        family, streams, corpus, tokens, rivals, prefix, share, seeds, optimisation);
  }

  /** Runs of every cell, with seeds 1 to n. */
  public ParallelScaling seeds(int n) {
    return new ParallelScaling(
        family, streams, corpus, tokens, rivals, prefix, smoothing, n, optimisation);
  }

  /** Peak learning rate of a model of width 32; others use {@code lr0 sqrt(32 / d)}. */
  public ParallelScaling learningRate(double lr0) {
    Optimisation settings = new Optimisation(optimisation.tokensPerStep(), lr0);
    return new ParallelScaling(
        family, streams, corpus, tokens, rivals, prefix, smoothing, seeds, settings);
  }

  @Override
  public Plan plan() {
    List<StreamTask> runs = new ArrayList<>();
    List<Decoder> members = family.members(corpus.vocabulary());
    TreeSet<Integer> plain = new TreeSet<>(family.widths().values());
    rivals.ifPresent(widths -> plain.addAll(widths.values()));
    for (int seed = 1; seed <= seeds; seed++) {
      for (int width : plain) {
        runs.add(task(plain(width), 1, seed));
      }
      for (Decoder member : members) {
        for (int p : streams.subList(1, streams.size())) {
          runs.add(task(member, p, seed));
        }
      }
    }
    return new Plan(
        "parallel streams "
            + streams
            + " on "
            + corpus.label()
            + ", "
            + family
            + rivals.map(w -> ", against plain decoders of " + w).orElse(""),
        runs,
        List.of());
  }

  private Decoder plain(int width) {
    return new DecoderFamily(new Widths(List.of(width)), family.layers(), family.context())
        .members(corpus.vocabulary())
        .getFirst();
  }

  private StreamTask task(Decoder model, int p, int seed) {
    int perStep = optimisation.tokensPerStep();
    Tokens whole = new Tokens(Math.max(perStep, tokens.count() / perStep * perStep));
    String id = model.label() + "-P" + p + "-s" + seed;
    return new StreamTask(id, model, p, prefix, smoothing, corpus, whole, optimisation, seed);
  }

  @Override
  public ParallelResult result(Outcome outcome) {
    return new ParallelResult(this, outcome);
  }
}
