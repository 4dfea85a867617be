package reprise.dsl.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Definitions 4.1 and 4.3 and theorem 3.2 of arXiv 2404.05405. */
@Tag("unit")
class CapacityTest {
  private static final double PARAMS = 26_144;

  /** Bits a person of bioS: 61.6, 58.2, 54.9 for 10 K, 100 K and 1 M people. */
  @ParameterizedTest
  @CsvSource({"10000, 61.6", "100000, 58.2", "1000000, 54.9"})
  void biographiesHoldTheBitsOfThePaper(int people, double bits) {
    assertThat(new BioS(people).bits() / people).isCloseTo(bits, within(.05));
    assertThat(Math.log(BioS.VALUES) / Math.log(2)).isCloseTo(47.592, within(.001));
  }

  /** Six independent runs of a small decoder of 26,144 parameters: losses, R and R_max. */
  @ParameterizedTest
  @CsvSource({
    "500, 6.363, .049, 1.346, 1.359",
    "500, 10.81, 3.69, .622, 1.359",
    "500, 13.72, 6.78, .029, 1.359",
    "500, 13.75, 6.90, .008, 1.359",
    "1000, 13.73, 3.51, 1.139, 2.679",
    "2000, 13.78, 6.91, .022, 5.281"
  })
  void theReducedSetGivesTheRatiosOfItsLosses(
      int people, double name, double value, double ratio, double most) {
    BioD mini = BioD.mini(people);
    assertThat(mini.most(PARAMS)).isCloseTo(most, within(.0006));
    assertThat(mini.ratio(Losses.of(name, value), PARAMS)).isCloseTo(ratio, within(.008));
  }

  @Test
  void perfectKnowledgeReachesTheMaximum() {
    BioD some = new BioD(1000, 1.6e8, 5, 3, 100, 4, 50);
    // p_1 = ln N: the name of a random person; nothing is left to guess of values and strings
    Losses perfect = new Losses(Math.log(1000), 0, 0);
    assertThat(some.ratio(perfect, 1)).isCloseTo(some.bits(), within(1e-6));
    BioS people = new BioS(1000);
    assertThat(people.ratio(Losses.of(Math.log(1000), 0), 1))
        .isCloseTo(people.bits(), within(1e-6));
  }

  @Test
  void ignoranceIsWorthNothingAndErrorLess() {
    BioD mini = BioD.mini(500);
    double guess = 2 * Math.log(32);
    assertThat(mini.ratio(Losses.of(4 * Math.log(32), guess), PARAMS)).isCloseTo(0, within(1e-12));
    assertThat(mini.ratio(Losses.of(4 * Math.log(32), guess + 3), PARAMS)).isNegative();
  }

  /** The bound of theorem 3.2 nears the definition's numerator as N_0 and T^L grow. */
  @Test
  void theLowerBoundIsBelowTheBits() {
    BioD some = new BioD(1000, 1.6e8, 5, 3, 100, 4, 50);
    Losses losses = new Losses(Math.log(1000), .2, .1);
    double numerator = some.ratio(losses, 1);
    assertThat(some.lowerBound(losses)).isLessThan(numerator);
    assertThat(some.lowerBound(losses) / numerator).isCloseTo(1, within(1e-4));
  }

  @Test
  void impossibleKnowledgeIsRefused() {
    assertThatThrownBy(() -> new BioD(10, 5, 1, 1, 2, 1, 2))
        .hasMessage("bioD: 10 people need as many names, but only 5.0 can be drawn");
    assertThatThrownBy(() -> new BioD(10, 100, 1, 1, 33, 1, 32))
        .hasMessage("bioD: an alphabet of 32 has fewer than D = 33 strings of length 1");
    assertThatThrownBy(() -> Losses.of(-1, 0)).hasMessageContaining("cannot be negative or NaN");
    assertThatThrownBy(() -> new BioS(0)).hasMessageContaining("1 to 160000000 people");
  }
}
