package reprise.kernel.compile;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import reprise.dsl.data.Corpus;
import reprise.dsl.plan.Optimisation;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.Provenance;
import reprise.kernel.data.MarkovChain;
import reprise.kernel.data.Text;
import reprise.kernel.data.TokenText;
import reprise.tensor.ir.Optimise;
import reprise.tensor.ir.Program;
import reprise.tensor.model.Decoder;
import reprise.tensor.model.DecoderConfig;
import reprise.tensor.model.Training;

/**
 * Compiles training tasks. Keeps the tokens of each corpus, which all runs of a plan share; safe
 * for use from several threads.
 */
public final class TrainCompiler {
  /** Symbols drawn from a source: runs sample windows of it, so it is much longer than a run. */
  private static final int SOURCE_TOKENS = 1 << 22;

  /** Held-out symbols of a source; KL is a mean over their contexts. */
  private static final int SOURCE_HELD_OUT = 1 << 16;

  private static final long SOURCE_SEED = 1;
  private static final long HELD_OUT_SEED = 2;

  /** Windows of one evaluation step. */
  private static final int EVALUATION_BATCH = 16;

  private static final double ADAM_EPSILON = 1e-8;

  private final Map<Corpus, Tokens> corpora = new HashMap<>();

  /** Tokens of a corpus, and what is known about it. */
  private record Tokens(
      int[] train, int[] heldOut, float[] table, double entropy, Optional<String> sha256) {}

  /** A task as a program with its data. */
  public Compiled compile(TrainTask task) {
    return compile(
        task.corpus(),
        task.model().context(),
        buffers -> Decoder.program(config(task.model()), training(task), buffers));
  }

  /**
   * A model of one's own on a corpus, with its data.
   *
   * @param context of the model, in tokens
   * @param program with the functions of {@link Decoder}, for buffers of these sizes
   */
  public Compiled compile(
      Corpus corpus, int context, Function<reprise.tensor.model.Corpus, Program> program) {
    Tokens tokens = tokens(corpus);
    reprise.tensor.model.Corpus buffers =
        tokens.table() == null
            ? reprise.tensor.model.Corpus.text(
                tokens.train().length, tokens.heldOut().length, EVALUATION_BATCH)
            : reprise.tensor.model.Corpus.markov(
                tokens.train().length,
                tokens.heldOut().length,
                EVALUATION_BATCH,
                corpus.vocabulary());
    return new Compiled(
        program.apply(buffers),
        tokens.train(),
        tokens.heldOut(),
        tokens.table(),
        tokens.entropy(),
        buffers.evalSteps(context));
  }

  /** Entropy rate of a corpus in nats per token, if it is known. */
  public OptionalDouble entropy(Corpus corpus) {
    double h = tokens(corpus).entropy();
    return Double.isNaN(h) ? OptionalDouble.empty() : OptionalDouble.of(h);
  }

  /** The file that a corpus was read from; empty for one that is generated. */
  public Optional<Provenance.Data> data(Corpus corpus) {
    return tokens(corpus)
        .sha256()
        .map(sha256 -> new Provenance.Data(corpus.label(), sha256, "", ""));
  }

  /** The shape of a model of the DSL. */
  public static DecoderConfig config(reprise.dsl.model.Decoder m) {
    DecoderConfig small =
        DecoderConfig.small(m.vocabulary(), m.context(), m.layers(), m.width()).heads(m.heads());
    return new DecoderConfig(
        small.vocab(),
        small.context(),
        small.layers(),
        small.width(),
        small.heads(),
        m.mlp(),
        small.position(),
        small.norm(),
        small.activation(),
        small.biases(),
        small.tied(),
        small.init());
  }

  private static Training training(TrainTask task) {
    return training(task.optimisation(), task.model(), task.steps());
  }

  /** Training of a model of the DSL for some steps: the cosine ends with the last. */
  public static Training training(Optimisation o, reprise.dsl.model.Decoder model, int steps) {
    return new Training(
        o.tokensPerStep() / model.context(),
        steps,
        o.peakRate(model.width()),
        0,
        Optimise.Decay.COSINE,
        o.warmupSteps(steps),
        0,
        o.beta1(),
        o.beta2(),
        ADAM_EPSILON,
        0,
        o.clip());
  }

  private synchronized Tokens tokens(Corpus corpus) {
    return corpora.computeIfAbsent(
        corpus,
        c ->
            switch (c) {
              case Corpus.Markov markov -> {
                MarkovChain chain = MarkovChain.of(markov);
                yield new Tokens(
                    chain.sample(SOURCE_SEED, SOURCE_TOKENS),
                    chain.sample(HELD_OUT_SEED, SOURCE_HELD_OUT + 1),
                    chain.table(),
                    chain.entropyRate(),
                    Optional.empty());
              }
              case Corpus.Characters characters -> {
                Text text = Text.read(characters.text());
                yield new Tokens(
                    text.train(), text.heldOut(), null, Double.NaN, Optional.of(text.sha256()));
              }
              case Corpus.Words words -> {
                TokenText text = TokenText.words(words);
                String sha256 = Text.read(words.text()).sha256();
                yield new Tokens(
                    text.allButHeldOut(), text.heldOut(), null, Double.NaN, Optional.of(sha256));
              }
            });
  }
}
