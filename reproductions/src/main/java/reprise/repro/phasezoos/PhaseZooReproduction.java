package reprise.repro.phasezoos;

import static reprise.dsl.Reprise.PHASE_ZOOS;
import static reprise.dsl.Reprise.YANG_2021;
import static reprise.dsl.Reprise.batches;
import static reprise.dsl.Reprise.digits;
import static reprise.dsl.Reprise.mlp;
import static reprise.dsl.Reprise.mnist1d;
import static reprise.dsl.Reprise.modelZoo;
import static reprise.dsl.Reprise.phases;
import static reprise.dsl.Reprise.widths;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.dsl.zoo.ModelZoo;
import reprise.dsl.zoo.Phase;
import reprise.dsl.zoo.PhaseTableResult;
import reprise.dsl.zoo.ZooMeasures;
import reprise.dsl.zoo.ZooResult;
import reprise.papers.phasezoos.PhaseZooCard;
import reprise.papers.phasezoos.PhaseZooData;

/** The phases of Yang et al.'s own cells, and zoos of perceptrons trained here. */
public final class PhaseZooReproduction implements Reproduction {
  private static final List<Phase> CONNECTED = List.of(Phase.IV_A, Phase.IV_B);
  private static final List<Phase> BARRIERS = List.of(Phase.I, Phase.III);

  @Override
  public Card card() {
    return PhaseZooCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    List<Part<?>> parts = new ArrayList<>();
    parts.add(refit());
    parts.add(digitsZoo(scale));
    if (scale != Scale.SMOKE) {
      parts.add(signals(scale));
    }
    return parts;
  }

  private static Part<PhaseTableResult> refit() {
    return new Part<>(
        "refit",
        "The phase of every cell of Yang et al.'s width x batch grid by explicit thresholds, and the"
            + " test accuracy of each phase.",
        phases(YANG_2021).of(PhaseZooData.YANG_CELLS).from(PhaseZooData.LEAST_WIDTH),
        List.of(
            new Binding<>(PhaseZooCard.ORDER, r -> r.map().neighboursInOrder()),
            new Binding<>(
                PhaseZooCard.ORDER_ROBUST,
                r -> r.orderOver(PhaseZooData.LOG_TRACES, PhaseZooData.ALIKE)),
            new Binding<>(PhaseZooCard.BEST_PHASE, r -> r.map().difference(Phase.IV_B, Phase.I)),
            new Binding<>(
                PhaseZooCard.FLATNESS,
                r -> r.map().differenceAtSameCurvature(Phase.IV_A, Phase.III)),
            new Binding<>(PhaseZooCard.BEST_CELL, r -> r.map().bestCell())));
  }

  private static Part<ZooResult> digitsZoo(Scale scale) {
    ModelZoo zoo =
        switch (scale) {
          case SMOKE ->
              modelZoo(PHASE_ZOOS)
                  .models(mlp(widths(4, 16, 64)))
                  .data(digits())
                  .temperature(batches(16, 256))
                  .epochs(30)
                  .seeds(2);
          case LAPTOP ->
              modelZoo(PHASE_ZOOS)
                  .models(mlp(widths(2, 3, 4, 6, 8, 16, 32, 64, 128)))
                  .data(digits())
                  .temperature(batches(4, 16, 64, 256, 700))
                  .seeds(3);
          case FULL ->
              modelZoo(PHASE_ZOOS)
                  .models(mlp(widths(2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128, 256, 512)))
                  .data(digits())
                  .temperature(batches(2, 4, 8, 16, 32, 64, 128, 256, 700))
                  .epochs(240)
                  .seeds(5);
        };
    return new Part<>(
        "retrain-digits",
        "Perceptrons on 8x8 digits over width and batch: which phases occur, and does test accuracy"
            + " follow them?",
        zoo,
        List.of(
            new Binding<>(PhaseZooCard.DIGITS_GAP, r -> r.gap(Phase.IV_B, Phase.I)),
            new Binding<>(PhaseZooCard.DIGITS_ORDER, r -> r.map().neighboursInOrder()),
            new Binding<>(PhaseZooCard.CURVES, ZooResult::curveAboveLine),
            new Binding<>(PhaseZooCard.CURVE_START, ZooResult::startMatters),
            new Binding<>(
                PhaseZooCard.EPOCHS_HELP,
                r -> r.meanOver(ZooMeasures.EPOCH_GAIN, Phase.I, Phase.II)),
            new Binding<>(
                PhaseZooCard.EPOCHS_HURT,
                r -> r.meanOver(ZooMeasures.EPOCH_GAIN, Phase.III, Phase.IV_A, Phase.IV_B)),
            new Binding<>(
                PhaseZooCard.SEEDS_AVERAGE,
                r -> r.contrast(ZooMeasures.SEED_GAIN, CONNECTED, BARRIERS)),
            new Binding<>(
                PhaseZooCard.PRUNING,
                r -> r.contrast(ZooMeasures.PRUNING_LOSS, List.of(Phase.IV_B), List.of(Phase.I)))));
  }

  private static Part<ZooResult> signals(Scale scale) {
    ModelZoo zoo =
        switch (scale) {
          case SMOKE, LAPTOP ->
              modelZoo(PHASE_ZOOS)
                  .models(mlp(widths(4, 8, 16, 32, 64)))
                  .data(mnist1d())
                  .temperature(batches(16, 64, 256))
                  .learningRate(0.05)
                  .seeds(2);
          case FULL ->
              modelZoo(PHASE_ZOOS)
                  .models(mlp(widths(4, 8, 16, 32, 64, 128, 256, 512)))
                  .data(mnist1d())
                  .temperature(batches(8, 16, 64, 256, 1000))
                  .learningRate(0.05)
                  .epochs(240)
                  .seeds(5);
        };
    return new Part<>(
        "retrain-mnist1d",
        "Perceptrons on MNIST-1D over width and batch: does any cell become connected?",
        zoo,
        List.of(new Binding<>(PhaseZooCard.MNIST_1D_NONE, r -> r.map().cellsIn(CONNECTED))));
  }
}
