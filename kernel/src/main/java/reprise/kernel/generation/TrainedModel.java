package reprise.kernel.generation;

import java.util.LinkedHashMap;
import java.util.Map;
import reprise.dsl.generation.LanguageModel;
import reprise.kernel.compile.TrainCompiler;
import reprise.kernel.data.WordCorpus;
import reprise.tensor.Backend;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Program;
import reprise.tensor.model.Corpus;
import reprise.tensor.model.Transformer;
import reprise.tensor.model.TransformerConfig;

/**
 * A language model of the DSL, trained.
 *
 * @param config its shape
 * @param weights by the names of {@link Transformer#parameters}
 * @param digest of the weights
 */
public record TrainedModel(TransformerConfig config, Map<String, float[]> weights, String digest) {
  private static final int EVALUATION_BATCH = 16;

  /** The tensor program of its training. */
  public static Program program(LanguageModel model, WordCorpus text) {
    return Transformer.program(
        config(model),
        TrainCompiler.training(model.optimisation(), model.model(), model.steps()),
        Corpus.text(text.train().length, text.heldOut().length, EVALUATION_BATCH));
  }

  /** Its shape. */
  public static TransformerConfig config(LanguageModel model) {
    return TransformerConfig.of(TrainCompiler.config(model.model()));
  }

  /**
   * Trains it.
   *
   * @throws TrainingLog.Ended when it cannot be trained to its end
   */
  public static TrainedModel train(
      LanguageModel model, WordCorpus text, int seed, Backend backend, TrainingLog log) {
    try (Session session = backend.open(program(model, text), SessionOptions.seed(seed))) {
      session.write("train_tokens", text.train());
      session.write("eval_tokens", text.heldOut());
      session.run("initialise", 1).orThrow();
      log.run(session, "train_step", model.steps());
      TransformerConfig config = config(model);
      Map<String, float[]> weights = new LinkedHashMap<>();
      Transformer.parameters(config).forEach(p -> weights.put(p.name(), session.read(p.name())));
      return new TrainedModel(config, weights, session.digest());
    }
  }
}
