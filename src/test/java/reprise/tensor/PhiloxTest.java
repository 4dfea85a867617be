package reprise.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;

/** Our Philox against commons-rng's, and the moments of what is made of it. */
@Tag("unit")
class PhiloxTest {
  static Stream<Backend> backends() {
    return SessionTest.backends();
  }

  @Test
  void agreesWithCommonsRng() {
    long key = 0x1234_5678_9abc_def0L;
    // commons-rng's seed: key0, key1, counter0..3; it counts up before the first block.
    UniformRandomProvider oracle =
        RandomSource.PHILOX_4X32.create(new int[] {(int) key, (int) (key >>> 32), 5, 1, 2, 3});
    int[] words = new int[4];
    for (int block = 6; block < 40; block++) {
      Philox.block(key, block, 1, 2, 3, words);
      for (int w : words) {
        assertThat(w).isEqualTo(oracle.nextInt());
      }
    }
  }

  @Test
  void knownAnswer() {
    // Random123's kat_vectors: philox4x32 10, counter and key zero.
    int[] words = new int[4];
    Philox.block(0, 0, 0, 0, 0, words);
    assertThat(words).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void normalsHaveTheirMoments(Backend backend) {
    int n = 100_001;
    Program p =
        Program.builder("normals")
            .state("x", TensorType.f32(n), State.Kind.PARAMETER)
            .function(
                "draw", f -> f.update("x", f.apply(new RandomOp.Normal(Shape.of(n), 1, 1, 2))))
            .build();
    try (Session s = backend.open(p, SessionOptions.seed(11))) {
      s.run("draw", 1);
      double mean = 0;
      double square = 0;
      double fourth = 0;
      for (float x : s.read("x")) {
        double z = (x - 1) / 2;
        mean += z / n;
        square += z * z / n;
        fourth += z * z * z * z / n;
      }
      // three standard errors: 1/sqrt(n), sqrt(2/n), sqrt(96/n)
      assertThat(Math.abs(mean)).isLessThan(3 / Math.sqrt(n));
      assertThat(Math.abs(square - 1)).isLessThan(3 * Math.sqrt(2.0 / n));
      assertThat(Math.abs(fourth - 3)).isLessThan(3 * Math.sqrt(96.0 / n));
    }
  }
}
