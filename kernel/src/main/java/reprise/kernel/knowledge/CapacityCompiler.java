package reprise.kernel.knowledge;

import reprise.dsl.knowledge.BioD;
import reprise.dsl.knowledge.BioS;
import reprise.dsl.knowledge.CapacityProtocol;
import reprise.dsl.knowledge.CapacityTask;
import reprise.dsl.model.FeedForward;
import reprise.dsl.model.TransformerModel;
import reprise.tensor.ir.Optimise;
import reprise.tensor.ir.Program;
import reprise.tensor.model.DecoderConfig;
import reprise.tensor.model.FactModel;
import reprise.tensor.model.FactSet;
import reprise.tensor.model.Training;
import reprise.tensor.model.TransformerConfig;

/** Tasks as tensor programs. */
final class CapacityCompiler {
  private static final double ROTARY_BASE = 10_000;
  private static final double NORM_EPSILON = 1e-5;

  /** N(0, .02), the last matrix of each branch over sqrt(2 L) (GPT-2, section 2.3). */
  private static final DecoderConfig.Init INIT = new DecoderConfig.Init(.02, .02, true, 1);

  /** Of the loss that balances experts (Fedus et al. 2022, section 2.2). */
  private static final double BALANCE = 0.01;

  private CapacityCompiler() {}

  static Program program(CapacityTask task) {
    Crowd crowd = Crowd.of(task.company(), task.batch());
    FactSet sizes =
        switch (task.facts()) {
          case BioD d -> BioDTables.sizes(d, crowd);
          case BioS s -> BioSTables.sizes(s, crowd);
        };
    TransformerConfig config = config(task.model(), task.vocabulary(), sizes.tokens());
    return FactModel.program(config, training(task), sizes, CapacityTask.PASSES);
  }

  /** The data of a task; its seed decides who the people are. */
  static FactTables tables(CapacityTask task) {
    Crowd crowd = Crowd.of(task.company(), task.batch());
    return switch (task.facts()) {
      case BioD d -> BioDTables.of(d, crowd, task.seed());
      case BioS s -> BioSTables.of(s, crowd, task.seed());
    };
  }

  /** The model on texts of that length. */
  static TransformerConfig config(TransformerModel model, int vocabulary, int tokens) {
    TransformerConfig.Heads heads =
        TransformerConfig.Heads.of(model.width(), model.heads()).groups(model.groups());
    boolean gpt2 = model.kind() == TransformerModel.Kind.GPT2;
    return new TransformerConfig(
        vocabulary,
        tokens,
        model.layers(),
        model.width(),
        heads,
        new TransformerConfig.Position.Rotary(ROTARY_BASE, heads.width(), false),
        new TransformerConfig.Norm(
            gpt2 ? DecoderConfig.Norm.LAYER : DecoderConfig.Norm.RMS, NORM_EPSILON, gpt2),
        feedForward(
            model.feedForward(),
            gpt2 ? DecoderConfig.Activation.GELU : DecoderConfig.Activation.SILU),
        TransformerConfig.Residual.SEQUENTIAL,
        TransformerConfig.Biases.NONE,
        true,
        0,
        INIT);
  }

  private static TransformerConfig.FeedForward feedForward(
      FeedForward kind, DecoderConfig.Activation activation) {
    return switch (kind) {
      case FeedForward.None _ -> new TransformerConfig.FeedForward.None();
      case FeedForward.Plain p -> new TransformerConfig.FeedForward.Plain(p.hidden(), activation);
      case FeedForward.Gated g -> new TransformerConfig.FeedForward.Gated(g.hidden(), activation);
      case FeedForward.Experts e ->
          new TransformerConfig.FeedForward.Experts(
              e.count(), 1, e.capacity(), BALANCE, e.hidden(), activation, false);
    };
  }

  private static Training training(CapacityTask task) {
    CapacityProtocol p = task.protocol();
    return new Training(
        task.batch(),
        task.steps(),
        task.peakRate(),
        p.floor() * task.peakRate(),
        Optimise.Decay.COSINE,
        p.warmupSteps(task.steps()),
        0,
        p.beta1(),
        p.beta2(),
        p.epsilon(),
        p.weightDecay(),
        p.clip());
  }
}
