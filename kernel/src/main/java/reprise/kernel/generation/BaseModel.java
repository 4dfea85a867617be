package reprise.kernel.generation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reprise.dsl.RunFailure;
import reprise.dsl.generation.LanguageModel;
import reprise.kernel.compile.TrainCompiler;
import reprise.kernel.data.BytePairs;
import reprise.kernel.data.TokenText;
import reprise.kernel.run.TrainingLog;
import reprise.kernel.store.Resume;
import reprise.tensor.Backend;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.checkpoint.Pretrained;
import reprise.tensor.ir.Program;
import reprise.tensor.model.Corpus;
import reprise.tensor.model.Transformer;
import reprise.tensor.model.TransformerConfig;

/**
 * A language model of the DSL with its weights.
 *
 * @param config its shape
 * @param weights by the names of {@link Transformer#parameters}
 */
public record BaseModel(TransformerConfig config, Map<String, float[]> weights) {
  private static final int EVALUATION_BATCH = 16;

  /** Before the names of a trained model's weights where a run can go on. */
  private static final String KEPT = "base/";

  /**
   * The text of a model under its vocabulary.
   *
   * @throws RunFailure when the text or the tokenizer cannot be had
   */
  public static TokenText text(LanguageModel model) {
    return switch (model) {
      case LanguageModel.Trained trained -> TokenText.words(trained.corpus());
      case LanguageModel.Loaded loaded ->
          TokenText.of(loaded.text(), BytePairs.load(loaded.folder()));
    };
  }

  /** The tensor program of its training. */
  public static Program program(LanguageModel.Trained model, TokenText text) {
    return Transformer.program(
        config(model),
        TrainCompiler.training(model.optimisation(), model.model(), model.steps()),
        Corpus.text(text.train().length, text.heldOut().length, EVALUATION_BATCH));
  }

  /** Its shape. */
  public static TransformerConfig config(LanguageModel.Trained model) {
    return TransformerConfig.of(TrainCompiler.config(model.model()));
  }

  /**
   * Trains or loads it.
   *
   * @throws TrainingLog.Ended when it cannot be trained to its end
   * @throws RunFailure when it cannot be loaded
   */
  public static BaseModel of(
      LanguageModel model, TokenText text, int seed, Backend backend, TrainingLog log) {
    return switch (model) {
      case LanguageModel.Trained trained -> train(trained, text, seed, backend, log);
      case LanguageModel.Loaded loaded -> load(loaded.folder(), loaded.context());
    };
  }

  private static BaseModel train(
      LanguageModel.Trained model, TokenText text, int seed, Backend backend, TrainingLog log) {
    SessionOptions options = SessionOptions.seed(seed).threads(log.threads());
    try (Session session = backend.open(program(model, text), options)) {
      session.write("train_tokens", text.train());
      session.write("eval_tokens", text.heldOut());
      session.run("initialise", 1).orThrow();
      int done = log.enter(session, 0, model.steps());
      log.run(session, "train_step", model.steps() - done, UnaryOperator.identity());
      return of(config(model), session::read);
    }
  }

  private static BaseModel of(TransformerConfig config, Function<String, float[]> source) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    Transformer.parameters(config).forEach(p -> weights.put(p.name(), source.apply(p.name())));
    return new BaseModel(config, weights);
  }

  /**
   * The model of a run that was stopped after its training: a trained one as {@link #keep} kept it.
   *
   * @throws RunFailure when it cannot be loaded
   */
  public static BaseModel recall(LanguageModel model, Resume kept) {
    return switch (model) {
      case LanguageModel.Trained trained -> of(config(trained), name -> kept.series(KEPT + name));
      case LanguageModel.Loaded loaded -> load(loaded.folder(), loaded.context());
    };
  }

  /**
   * Adds a trained model's weights to where a run can go on; a published one lies in its folder.
   */
  public Resume keep(LanguageModel model, Resume resume) {
    Resume all = resume;
    if (model instanceof LanguageModel.Trained) {
      for (Map.Entry<String, float[]> weight : weights.entrySet()) {
        all = all.series(KEPT + weight.getKey(), weight.getValue());
      }
    }
    return all;
  }

  /** A published model with a shorter window: the first of its positions. */
  static BaseModel load(Path folder, int context) {
    Pretrained published;
    try {
      published = Pretrained.load(folder);
    } catch (IOException failure) {
      throw new RunFailure("the checkpoint cannot be loaded: " + failure.getMessage(), failure);
    }
    TransformerConfig whole = published.config();
    if (context > whole.context()) {
      throw new RunFailure(
          "the checkpoint in "
              + folder
              + " has "
              + whole.context()
              + " positions, fewer than the context of "
              + context
              + "; ask for context("
              + whole.context()
              + ") or less");
    }
    TransformerConfig config =
        new TransformerConfig(
            whole.vocab(),
            context,
            whole.layers(),
            whole.width(),
            whole.heads(),
            whole.position(),
            whole.norm(),
            whole.feedForward(),
            whole.residual(),
            whole.biases(),
            whole.tied(),
            whole.prefix(),
            whole.init());
    Map<String, float[]> weights = new LinkedHashMap<>();
    Transformer.parameters(config)
        .forEach(p ->
            weights.put(
                p.name(), Arrays.copyOf(published.weights().get(p.name()), (int) p.size())));
    return new BaseModel(config, weights);
  }
}
