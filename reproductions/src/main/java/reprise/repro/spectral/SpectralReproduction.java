package reprise.repro.spectral;

import static reprise.dsl.Reprise.cubes;
import static reprise.dsl.Reprise.layerEntropy;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.dsl.spectral.CubeResult;
import reprise.dsl.spectral.CubeStudy;
import reprise.dsl.spectral.TrainingResult;
import reprise.dsl.spectral.TrainingStudy;
import reprise.papers.spectral.SpectralCard;

/**
 * Cubes of one to sixteen dimensions in noise, and a small classifier before and after training.
 */
public final class SpectralReproduction implements Reproduction {
  private static final double NOISE = 0.1;
  private static final double STRONG = 0.3;

  @Override
  public Card card() {
    return SpectralCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    CubeStudy cubes = cubes(1, 2, 4, 8, 16).noise(0.0, NOISE, STRONG);
    TrainingStudy layers = layerEntropy();
    return switch (scale) {
      case SMOKE ->
          List.of(
              ofCubes(cubes.points(100).seeds(1)),
              ofTraining(layers.examples(100).iterations(500).seeds(2)));
      case LAPTOP -> List.of(ofCubes(cubes), ofTraining(layers));
      case FULL -> List.of(ofCubes(cubes.points(1000).seeds(10)), ofTraining(layers.seeds(20)));
    };
  }

  private static Part<CubeResult> ofCubes(CubeStudy study) {
    return new Part<>(
        "cubes",
        "Points from cubes, rotated into 64 dimensions, with noise in all of them.",
        study,
        List.of(
            new Binding<>(SpectralCard.DIMENSION, r -> r.leastRise(NOISE)),
            new Binding<>(SpectralCard.RESILIENT, r -> r.mostChange(NOISE)),
            new Binding<>(SpectralCard.BINNED, r -> r.range(NOISE, CubeResult.BINNED, "")),
            new Binding<>(SpectralCard.ONE_STEP, r -> r.rangeLeft(STRONG, CubeResult.ONE)),
            new Binding<>(SpectralCard.TWO_STEPS, r -> r.rangeLeft(STRONG, CubeResult.TWO))));
  }

  private static Part<TrainingResult> ofTraining(TrainingStudy study) {
    return new Part<>(
        "training",
        "A perceptron 20-64-32-5 on normal clusters with true and with shuffled labels; its last"
            + " hidden layer before and after.",
        study,
        List.of(
            new Binding<>(SpectralCard.RISES, r -> r.rise(TrainingResult.RAW, false)),
            new Binding<>(SpectralCard.RISES_SHUFFLED, r -> r.rise(TrainingResult.RAW, true)),
            new Binding<>(SpectralCard.NORMALISED, r -> r.rise(TrainingResult.UNIT, false)),
            new Binding<>(SpectralCard.INFORMATION, r -> r.trueOverShuffled(TrainingResult.DSMI))));
  }
}
