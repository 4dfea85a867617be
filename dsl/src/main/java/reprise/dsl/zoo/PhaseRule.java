package reprise.dsl.zoo;

import java.util.Optional;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Numbers;

/**
 * Decides the phase of a cell by explicit thresholds; neither paper gives any, so that they belong
 * to the experiment and are printed with its result.
 *
 * @param roughness what separates I and II from III and IV
 * @param barrier connectivity below which there is a barrier, percentage points of training error
 * @param alike similarity from which models are alike: phase IV-B
 */
public record PhaseRule(Roughness roughness, double barrier, double alike) {
  /**
   * For the grid of Yang et al. 2021 (ResNet-18 on CIFAR-10): rough where ln Tr &gt; 5.5, barrier
   * below -1 point, alike from CKA .70 on.
   */
  public static final PhaseRule YANG = new PhaseRule(new Roughness.ByTrace(5.5), -1, 0.70);

  /**
   * For perceptrons on small images: rough where the training loss exceeds .05 nats, barrier below
   * -1.5 points, alike from CKA .80 on.
   */
  public static final PhaseRule SMALL_IMAGES = new PhaseRule(new Roughness.ByLoss(0.05), -1.5, 0.8);

  public PhaseRule {
    Checks.present("roughness", roughness);
    Checks.finite("barrier", barrier);
    if (!(alike > 0 && alike <= 1)) {
      throw new IllegalArgumentException(
          "alike: a CKA lies in (0, 1], got " + Numbers.plain(alike) + "; give one such as 0.7");
    }
  }

  /** The phase of a cell; empty where something that it depends on is not known. */
  public Optional<Phase> phase(Landscape cell) {
    if (!roughness.known(cell) || Double.isNaN(cell.connectivity())) {
      return Optional.empty();
    }
    boolean split = cell.connectivity() < barrier;
    if (roughness.rough(cell)) {
      return Optional.of(split ? Phase.I : Phase.II);
    }
    if (split) {
      return Optional.of(Phase.III);
    }
    if (Double.isNaN(cell.similarity())) {
      return Optional.empty();
    }
    return Optional.of(cell.similarity() >= alike ? Phase.IV_B : Phase.IV_A);
  }

  /** The rule in one line. */
  @Override
  public String toString() {
    return "rough where "
        + roughness.text()
        + ", barrier where connectivity < "
        + Numbers.plain(barrier)
        + " points, alike where CKA >= "
        + Numbers.plain(alike);
  }
}
