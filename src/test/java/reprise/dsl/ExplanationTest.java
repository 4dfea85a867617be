package reprise.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static reprise.dsl.Reprise.CHINCHILLA;
import static reprise.dsl.Reprise.explain;
import static reprise.papers.Papers.HOFFMANN_2022;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ExplanationTest {
  @Test
  void aLawNamesItsConstantsWithUnits() {
    assertThat(explain(CHINCHILLA).text())
        .isEqualTo(
            """
            chinchilla: L = E + A/N^alpha + B/D^beta
              source Hoffmann et al. 2022, arXiv 2203.15556, eq. 2 and 10
              A in nats/token: size of the model term at N = 1
              B in nats/token: size of the data term at D = 1
              E in nats/token: irreducible loss
              alpha: power of N
              beta: power of D\
            """);
  }

  @Test
  void aClaimNamesItsNumberAndItsRule() {
    assertThat(explain(HOFFMANN_2022.claim("twenty-tokens-per-parameter")).text())
        .isEqualTo(
            """
            twenty-tokens-per-parameter: At Gopher's budget of 5.76e23 FLOP about 20 training \
            tokens per parameter are optimal.
              claimed  20 tokens per parameter (Besiroglu et al., section 4; table 3 of Hoffmann \
            et al.)
              rule     supported when the measured interval contains the claimed number, else \
            contradicted
              said by  the paper\
            """);
  }

  @Test
  void nothingIsExplainedAsNothing() {
    assertThat(explain(null)).hasToString("nothing: the value is null");
  }
}
