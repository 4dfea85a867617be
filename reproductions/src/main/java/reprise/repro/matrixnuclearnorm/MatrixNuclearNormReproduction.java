package reprise.repro.matrixnuclearnorm;

import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.characters;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.gaussian;
import static reprise.dsl.Reprise.hiddenStates;
import static reprise.dsl.Reprise.matrixNorms;
import static reprise.dsl.Reprise.product;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.widths;

import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.nuclear.Matrices;
import reprise.dsl.nuclear.MatrixNormsResult;
import reprise.dsl.nuclear.NuclearMeasures;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.papers.matrixnuclearnorm.MatrixNuclearNormCard;

/** Drawn matrices whose answers are known, then hidden states of small decoders in training. */
public final class MatrixNuclearNormReproduction implements Reproduction {
  private static final int SPEED_AT = 1024;
  private static final int LOW_RANK = 4;
  private static final int FULL_RANK = 256;

  @Override
  public Card card() {
    return MatrixNuclearNormCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    return List.of(
        new Part<>(
            "gaussian",
            "Square matrices of independent normal numbers: how fast, and is the ratio the one that"
                + " random-matrix theory gives?",
            matrixNorms().of(squares(scale)).seeds(scale == Scale.SMOKE ? 2 : 4),
            List.of(
                new Binding<>(MatrixNuclearNormCard.SPEED, r -> r.speedup(SPEED_AT)),
                new Binding<>(MatrixNuclearNormCard.GAUSSIAN, MatrixNormsResult::gaussianRatio))),
        new Part<>(
            "rank",
            "Products [512, 256] of known rank, rows of length 1: does it see rank?",
            matrixNorms()
                .of(
                    product(512, FULL_RANK, LOW_RANK),
                    product(512, FULL_RANK, 16),
                    product(512, FULL_RANK, 64),
                    product(512, FULL_RANK, FULL_RANK))
                .seeds(scale == Scale.SMOKE ? 2 : 5),
            List.of(
                new Binding<>(MatrixNuclearNormCard.UPPER_BOUND, MatrixNormsResult::leastBound),
                new Binding<>(
                    MatrixNuclearNormCard.FROBENIUS, MatrixNormsResult::largestOfFrobenius),
                new Binding<>(
                    MatrixNuclearNormCard.SEES_RANK, r -> r.sightOfRank(LOW_RANK, FULL_RANK)))),
        new Part<>(
            "training",
            "Hidden states of decoders that learn a novel's characters, at eight checkpoints: does"
                + " it follow what it stands in for?",
            matrixNorms().of(states(scale)).seeds(scale == Scale.SMOKE ? 2 : 3),
            List.of(
                new Binding<>(
                    MatrixNuclearNormCard.TRACKS_NORM, r -> r.tracks(NuclearMeasures.NUCLEAR)),
                new Binding<>(
                    MatrixNuclearNormCard.TRACKS_ENTROPY,
                    r -> r.tracks(NuclearMeasures.ENTROPY)))));
  }

  private static Matrices[] squares(Scale scale) {
    return switch (scale) {
      case SMOKE -> new Matrices[] {gaussian(256), gaussian(SPEED_AT)};
      case LAPTOP -> new Matrices[] {gaussian(256), gaussian(512), gaussian(SPEED_AT)};
      case FULL ->
          new Matrices[] {gaussian(256), gaussian(512), gaussian(SPEED_AT), gaussian(2048)};
    };
  }

  private static Matrices states(Scale scale) {
    return switch (scale) {
      case SMOKE ->
          hiddenStates(
              decoder(widths(16, 32)).layers(1).context(32),
              characters(PRIDE_AND_PREJUDICE),
              tokens(32_768));
      case LAPTOP ->
          hiddenStates(
              decoder(widths(16, 32, 48)).context(64),
              characters(PRIDE_AND_PREJUDICE),
              tokens(131_072));
      case FULL ->
          hiddenStates(
              decoder(widths(32, 64, 128, 256)).layers(4).context(128),
              characters(PRIDE_AND_PREJUDICE),
              tokens(8_388_608));
    };
  }
}
