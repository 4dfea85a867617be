package reprise.dsl.generation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import reprise.dsl.data.Corpus;
import reprise.dsl.data.TextSource;
import reprise.dsl.model.Decoder;
import reprise.dsl.plan.Optimisation;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Context;
import reprise.dsl.unit.Counting;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Params;
import reprise.dsl.unit.Tokens;

/**
 * A language model and the text it is asked about. The ninth tenth of the text is for fine-tuning,
 * the last is held out; a model trained here learns from the first eight.
 */
public sealed interface LanguageModel {
  /** One phrase for titles. */
  String label();

  /** Its window in tokens. */
  int context();

  /** N, the weights that take part in products. */
  Params params();

  /** Optimiser steps before it can be asked anything. */
  int steps();

  /** FLOP of those steps, 6 N D; 0 where there are none. */
  double trainingFlops();

  /** Memory of training and writing for that many prompts at once. */
  Bytes memory(int prompts);

  /** How it is made, one phrase. */
  String setting();

  /** How much it reads before, as a plan prints it. */
  long tokensRead();

  /** Why it cannot be made, each as expected and given. */
  List<String> problems();

  /**
   * Trained here.
   *
   * @param corpus what it reads
   * @param model its shape
   * @param tokens how much it reads, a multiple of the tokens a step
   * @param optimisation 1024 tokens a step at peak rate .0042 sqrt(32/d) unless set
   */
  record Trained(Corpus.Words corpus, Decoder model, Tokens tokens, Optimisation optimisation)
      implements LanguageModel {
    /** Tokens of a step and peak rate at width 32. */
    static final Optimisation SETTINGS = new Optimisation(1024, 0.0042);

    public Trained {
      Checks.present("corpus", corpus);
      Checks.present("model", model);
      Checks.present("tokens", tokens);
      Checks.present("optimisation", optimisation);
    }

    @Override
    public int steps() {
      return Math.toIntExact(tokens.count() / optimisation.tokensPerStep());
    }

    @Override
    public int context() {
      return model.context();
    }

    @Override
    public Params params() {
      return model.params(Counting.MATRIX);
    }

    @Override
    public double trainingFlops() {
      return Flops.ofTraining(params(), tokens).count();
    }

    @Override
    public long tokensRead() {
      return tokens.count();
    }

    @Override
    public String label() {
      return model.label() + " on " + corpus.label();
    }

    /**
     * Parameters, gradients and two moments in 32-bit floats, activations of a step as {@link
     * reprise.dsl.plan.TrainTask#memory} counts them, and the cache of keys and values.
     */
    @Override
    public Bytes memory(int prompts) {
      double weights = 16.0 * model.params(Counting.ALL).count();
      double rows = optimisation.tokensPerStep();
      double numbers =
          rows * (34.0 * model.width() * model.layers() + 2.0 * model.vocabulary())
              + 2.0 * model.layers() * model.heads() * rows * model.context();
      double cache = 2.0 * model.layers() * model.width() * model.context() * prompts;
      return new Bytes(Math.round(weights + 4 * (numbers + cache)));
    }

    @Override
    public String setting() {
      return String.format(
          Locale.ROOT,
          "AdamW(%s, %s), clip %s, cosine to 0, %d tokens a step, peak lr %s",
          Numbers.significant(optimisation.beta1(), 3),
          Numbers.significant(optimisation.beta2(), 3),
          Numbers.significant(optimisation.clip(), 3),
          optimisation.tokensPerStep(),
          Numbers.significant(optimisation.peakRate(model.width()), 3));
    }

    @Override
    public List<String> problems() {
      List<String> problems = new ArrayList<>();
      int perStep = optimisation.tokensPerStep();
      if (perStep % model.context() != 0) {
        problems.add(
            "expected tokens a step to be a multiple of the context "
                + model.context()
                + ", got "
                + perStep);
      }
      if (tokens.count() < perStep || tokens.count() % perStep != 0) {
        problems.add(
            "expected pre-training tokens to be a multiple of the tokens a step "
                + perStep
                + ", got "
                + tokens.count());
      }
      return problems;
    }
  }

  /**
   * Published, in a local folder with its tokenizer: {@code config.json}, safetensors, and {@code
   * tokenizer.json} or {@code vocab.json} with {@code merges.txt}, as GPT-2 and Pythia come.
   *
   * @param folder where it lies
   * @param weights size of its safetensors
   * @param changed when they last changed; with folder and size it identifies the model
   * @param text what it continues and is fine-tuned on
   * @param window tokens it is used with; 128 unless set, at most what it was trained with
   */
  record Loaded(Path folder, Bytes weights, Instant changed, TextSource text, Context window)
      implements LanguageModel {
    private static final int BYTES_OF_A_FLOAT = 4;

    public Loaded {
      Checks.present("folder", folder);
      Checks.present("weights", weights);
      Checks.present("time of change", changed);
      Checks.present("text", text);
      Checks.present("window", window);
    }

    /**
     * Looks at the folder once, so that a plan can be costed; reads no weights.
     *
     * @throws IllegalArgumentException when there are no safetensors in it
     */
    public static Loaded of(Path folder, TextSource text) {
      long size = 0;
      Instant changed = Instant.EPOCH;
      try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.of()) {
        for (Path file : files.filter(f -> f.toString().endsWith(".safetensors")).toList()) {
          size += Files.size(file);
          Instant written = Files.getLastModifiedTime(file).toInstant();
          changed = written.isAfter(changed) ? written : changed;
        }
      } catch (IOException failure) {
        throw new UncheckedIOException("checkpoint cannot be looked at: " + folder, failure);
      }
      if (size == 0) {
        throw new IllegalArgumentException(
            "no checkpoint in "
                + folder.toAbsolutePath()
                + "; give the folder with config.json, safetensors and tokenizer of a GPT-2,"
                + " GPT-NeoX (Pythia) or LLaMA model");
      }
      return new Loaded(folder, new Bytes(size), changed, text, new Context(128));
    }

    /** The same with a window of that many tokens. */
    public Loaded context(int tokens) {
      return new Loaded(folder, weights, changed, text, new Context(tokens));
    }

    @Override
    public int context() {
      return window.count();
    }

    @Override
    public int steps() {
      return 0;
    }

    /** As many as the files hold as 32-bit floats; half of those of a 16-bit file. */
    @Override
    public Params params() {
      return new Params((double) weights.count() / BYTES_OF_A_FLOAT, Counting.ALL);
    }

    @Override
    public double trainingFlops() {
      return 0;
    }

    @Override
    public long tokensRead() {
      return 0;
    }

    @Override
    public String label() {
      return folder.toAbsolutePath().normalize().getFileName()
          + " ("
          + weights
          + ") on "
          + text.label();
    }

    /** Weights, gradients and two moments; activations are not known before it is loaded. */
    @Override
    public Bytes memory(int prompts) {
      return new Bytes(4 * weights.count());
    }

    @Override
    public String setting() {
      return "loaded from "
          + folder.toAbsolutePath().normalize()
          + " of "
          + changed
          + " as 32-bit floats, context "
          + window.count();
    }

    @Override
    public List<String> problems() {
      return List.of();
    }
  }
}
