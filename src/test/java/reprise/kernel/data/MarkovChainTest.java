package reprise.kernel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.data.Corpus;
import reprise.dsl.unit.Order;
import reprise.dsl.unit.Symbols;

@Tag("unit")
class MarkovChainTest {
  private static final Corpus.Markov COSINE = new Corpus.Markov(new Symbols(128), new Order(1));

  /** 2.841684818071 nats was computed by an independent program. */
  @Test
  void theCosineSourceHasItsKnownEntropyRate() {
    assertThat(MarkovChain.of(COSINE).entropyRate()).isCloseTo(2.841684818071, within(1e-11));
  }

  @Test
  void rowsAreDistributions() {
    MarkovChain chain = MarkovChain.of(COSINE.random(7));
    for (int i = 0; i < chain.symbols(); i++) {
      double sum = 0;
      for (int j = 0; j < chain.symbols(); j++) {
        assertThat(chain.probability(i, j)).isPositive();
        sum += chain.probability(i, j);
      }
      assertThat(sum).isCloseTo(1, within(1e-12));
    }
  }

  /** The mean of -ln p over a long sample estimates the entropy rate. */
  @Test
  void aSampleHasTheEntropyRate() {
    MarkovChain chain = MarkovChain.of(COSINE);
    int[] sample = chain.sample(3, 400_000);
    double sum = 0;
    for (int t = 1; t < sample.length; t++) {
      sum -= Math.log(chain.probability(sample[t - 1], sample[t]));
    }
    // the standard deviation of -ln p is near 1.5, so four standard errors are 0.01
    assertThat(sum / (sample.length - 1)).isCloseTo(chain.entropyRate(), within(0.01));
  }

  @Test
  void samplesFollowTheirSeed() {
    MarkovChain chain = MarkovChain.of(COSINE);
    assertThat(chain.sample(3, 1000)).isEqualTo(chain.sample(3, 1000));
    assertThat(chain.sample(3, 1000)).isNotEqualTo(chain.sample(4, 1000));
    assertThat(java.util.Arrays.copyOf(chain.sample(3, 1000), 10)).isEqualTo(chain.sample(3, 10));
  }

  @Test
  void randomSourcesDiffer() {
    double first = MarkovChain.of(COSINE.random(1)).entropyRate();
    double second = MarkovChain.of(COSINE.random(2)).entropyRate();
    assertThat(first).isNotEqualTo(second).isBetween(2.0, 4.0);
    assertThat(second).isBetween(2.0, 4.0);
  }
}
