package reprise.kernel.attention;

import reprise.dsl.attention.CollapseTask;
import reprise.dsl.attention.MatrixScale;
import reprise.kernel.compile.TrainCompiler;
import reprise.kernel.data.Text;
import reprise.tensor.ir.Optimise;
import reprise.tensor.ir.Program;
import reprise.tensor.model.AttentionProbe;
import reprise.tensor.model.Corpus;
import reprise.tensor.model.LearningRate;
import reprise.tensor.model.Optimiser;
import reprise.tensor.model.Reparametrisation;
import reprise.tensor.model.Training;
import reprise.tensor.model.Transformer;
import reprise.tensor.model.TransformerConfig;

/** Tasks as tensor programs. */
final class CollapseCompiler {
  private static final int EVALUATION_BATCH = 16;
  private static final double EPSILON = 1e-8;

  private CollapseCompiler() {}

  static Program program(CollapseTask task, Text text) {
    TransformerConfig config = config(task);
    Reparametrisation kind = kind(task.scale());
    LearningRate rate =
        new LearningRate.Scheduled(
            Optimise.Decay.CONSTANT, task.rate(), task.rate(), task.warmup(), 0);
    double decay = task.recipe().weightDecay();
    Training training =
        new Training(
            CollapseTask.TOKENS_A_STEP / config.context(),
            task.steps(),
            rate,
            new Optimiser.AdamW(CollapseTask.BETA_1, CollapseTask.BETA_2, EPSILON, decay),
            0,
            0,
            java.util.List.of());
    return AttentionProbe.with(
        Transformer.program(config, training, buffers(text), kind),
        config,
        kind,
        CollapseTask.WINDOWS);
  }

  /** Steps of one evaluation. */
  static int evaluationSteps(CollapseTask task, Text text) {
    return buffers(text).evalSteps(task.model().context());
  }

  private static Corpus buffers(Text text) {
    return Corpus.text(text.train().length, text.heldOut().length, EVALUATION_BATCH);
  }

  private static TransformerConfig config(CollapseTask task) {
    TransformerConfig config = TransformerConfig.of(TrainCompiler.config(task.model()));
    return task.recipe().blockNorms()
        ? config
        : config.residual(TransformerConfig.Residual.UNNORMALISED);
  }

  private static Reparametrisation kind(MatrixScale scale) {
    return switch (scale) {
      case PLAIN -> Reparametrisation.NONE;
      case SPECTRAL_NORM -> Reparametrisation.SPECTRAL_NORM;
      case SIGMA_REPARAM -> Reparametrisation.SIGMA;
      case SIGMA_REPARAM_KEPT -> Reparametrisation.SIGMA_FROM_NORM;
    };
  }
}
