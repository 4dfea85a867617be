package reprise.kernel.sparsity;

import java.util.List;
import reprise.dsl.model.TransformerModel;
import reprise.dsl.sparsity.SparsingTask;
import reprise.kernel.data.Text;
import reprise.tensor.ir.Program;
import reprise.tensor.model.Corpus;
import reprise.tensor.model.DecoderConfig;
import reprise.tensor.model.LearningRate;
import reprise.tensor.model.Optimiser;
import reprise.tensor.model.Training;
import reprise.tensor.model.Transformer;
import reprise.tensor.model.TransformerConfig;

/** Tasks as tensor programs. */
final class SparsingCompiler {
  private static final int EVALUATION_BATCH = 16;

  /** N(0, .1) embeddings, N(0, 1/fan-in) matrices, the last of each branch over sqrt(2 L). */
  private static final DecoderConfig.Init INIT = new DecoderConfig.Init(.1, 0, true, 1);

  /** Of the paper; epsilon is not stated. */
  private static final Optimiser ADAMW =
      new Optimiser.AdamW(.9, .95, 1e-8, SparsingTask.WEIGHT_DECAY);

  private static final double CLIP = 1;

  private SparsingCompiler() {}

  static Program program(SparsingTask task, Text text) {
    Training training =
        new Training(
            SparsingTask.TOKENS_A_STEP / SparsingTask.CONTEXT,
            task.steps(),
            LearningRate.stable(task.peakRate(), task.warmup(), task.cooldown()),
            ADAMW,
            CLIP,
            0,
            List.of());
    return Transformer.program(config(task), training, buffers(text));
  }

  /** Steps of one evaluation. */
  static int evaluationSteps(Text text) {
    return buffers(text).evalSteps(SparsingTask.CONTEXT);
  }

  private static Corpus buffers(Text text) {
    return Corpus.text(text.train().length, text.heldOut().length, EVALUATION_BATCH);
  }

  static TransformerConfig config(SparsingTask task) {
    TransformerModel model = task.model();
    TransformerConfig.Heads heads =
        TransformerConfig.Heads.of(model.width(), model.heads()).groups(model.groups());
    boolean layerNorm = model.kind() == TransformerModel.Kind.GPT2;
    return new TransformerConfig(
        task.corpus().vocabulary(),
        SparsingTask.CONTEXT,
        model.layers(),
        model.width(),
        heads,
        new TransformerConfig.Position.Rotary(10_000, heads.width(), false),
        new TransformerConfig.Norm(
            layerNorm ? DecoderConfig.Norm.LAYER : DecoderConfig.Norm.RMS, 1e-5, layerNorm),
        new TransformerConfig.FeedForward.Gated(
            task.hidden(),
            switch (task.activation()) {
              case RELU -> DecoderConfig.Activation.RELU;
              case SILU -> DecoderConfig.Activation.SILU;
            }),
        TransformerConfig.Residual.SEQUENTIAL,
        TransformerConfig.Biases.NONE,
        true,
        0,
        INIT);
  }
}
