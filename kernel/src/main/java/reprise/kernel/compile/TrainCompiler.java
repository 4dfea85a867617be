package reprise.kernel.compile;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import reprise.dsl.compression.InformationCapacityResult;
import reprise.dsl.data.Corpus;
import reprise.dsl.plan.Optimisation;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.Provenance;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.kernel.data.ArithmeticProblems;
import reprise.kernel.data.GreyPictures;
import reprise.kernel.data.MarkovChain;
import reprise.kernel.data.Sequences;
import reprise.kernel.data.Text;
import reprise.kernel.data.TokenText;
import reprise.tensor.ir.Optimise;
import reprise.tensor.ir.Program;
import reprise.tensor.model.Decoder;
import reprise.tensor.model.DecoderConfig;
import reprise.tensor.model.GradedExamples;
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
  private final Map<Corpus, Sequences> examples = new HashMap<>();

  /** Tokens of a corpus, and what is known about it. */
  private record Tokens(
      int[] train,
      int[] heldOut,
      float[] table,
      double entropy,
      Optional<String> sha256,
      double textBits) {
    /** Text without a known entropy, of which a held-out token has so many bits on average. */
    static Tokens text(int[] train, int[] heldOut, String sha256, double textBits) {
      return new Tokens(train, heldOut, null, Double.NaN, Optional.of(sha256), textBits);
    }
  }

  /** A task as a program with its data. */
  public Compiled compile(TrainTask task) {
    return switch (task.corpus()) {
      case Corpus.Pictures pictures -> examples(task, examples(pictures));
      case Corpus.Arithmetic arithmetic -> examples(task, examples(arithmetic));
      case Corpus.Markov _, Corpus.Characters _, Corpus.Words _, Corpus.Pairs _ ->
          compile(
              task.corpus(),
              task.model().context(),
              buffers -> Decoder.program(config(task.model()), training(task), buffers));
    };
  }

  /**
   * A model of one's own on running text, with its data.
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
    Feed feed =
        session -> {
          session.write("train_tokens", tokens.train());
          session.write("eval_tokens", tokens.heldOut());
          if (tokens.table() != null) {
            session.write("source_table", tokens.table());
          }
        };
    return new Compiled(
        program.apply(buffers),
        feed,
        tokens.entropy(),
        buffers.evalSteps(context),
        readings(tokens.textBits()));
  }

  private static Compiled examples(TrainTask task, Sequences data) {
    GradedExamples examples =
        new GradedExamples(
            data.trainCount(), data.heldOutCount(), EVALUATION_BATCH, data.scoredCount());
    Feed feed =
        session -> {
          session.write("heads", data.heads(data.train()));
          session.write("lasts", data.lasts(data.train()));
          session.write("eval_heads", data.heads(data.heldOut()));
          session.write("eval_lasts", data.lasts(data.heldOut()));
          session.write("forms", new int[1]);
          session.write("scored", data.scored());
        };
    return new Compiled(
        examples.program(config(task.model()), training(task)),
        feed,
        Double.NaN,
        examples.evalSteps(),
        Readings.NONE);
  }

  private static Readings readings(double textBits) {
    return Double.isNaN(textBits)
        ? Readings.NONE
        : Readings.of(List.of(new Reading(InformationCapacityResult.TEXT_BITS, "", textBits)));
  }

  private synchronized Sequences examples(Corpus corpus) {
    return examples.computeIfAbsent(
        corpus,
        c ->
            switch (c) {
              case Corpus.Pictures pictures -> GreyPictures.of(pictures);
              case Corpus.Arithmetic arithmetic -> ArithmeticProblems.of(arithmetic);
              default -> throw new IllegalStateException(c.label() + " is running text");
            });
  }

  /** Entropy rate of a corpus in nats per token, if it is known. */
  public OptionalDouble entropy(Corpus corpus) {
    if (corpus.window().isPresent()) {
      return OptionalDouble.empty();
    }
    double h = tokens(corpus).entropy();
    return Double.isNaN(h) ? OptionalDouble.empty() : OptionalDouble.of(h);
  }

  /** The file that a corpus was read from; empty for one that is generated. */
  public Optional<Provenance.Data> data(Corpus corpus) {
    if (corpus.window().isPresent()) {
      return Optional.empty();
    }
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

  // 8 bytes / token
  private static double bits(String text, int... tokens) {
    return 8.0 * text.getBytes(StandardCharsets.UTF_8).length / tokens.length;
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
                    Optional.empty(),
                    Double.NaN);
              }
              case Corpus.Characters characters -> {
                Text text = Text.read(characters.text());
                yield Tokens.text(
                    text.train(),
                    text.heldOut(),
                    text.sha256(),
                    bits(text.content(text.heldOut()), text.heldOut()));
              }
              case Corpus.Words words -> {
                TokenText text = TokenText.words(words);
                String sha256 = Text.read(words.text()).sha256();
                // words in lower case are not the text, so that their bits are not the text's
                yield Tokens.text(text.allButHeldOut(), text.heldOut(), sha256, Double.NaN);
              }
              case Corpus.Pairs pairs -> {
                TokenText text = TokenText.pairs(pairs);
                String sha256 = Text.read(pairs.text()).sha256();
                yield Tokens.text(
                    text.allButHeldOut(),
                    text.heldOut(),
                    sha256,
                    bits(text.vocabulary().decode(text.heldOut()), text.heldOut()));
              }
              case Corpus.Pictures _, Corpus.Arithmetic _ ->
                  throw new IllegalStateException(c.label() + " is no running text");
            });
  }
}
