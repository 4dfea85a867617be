package reprise.dsl.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "7.5e9, 7.5e9",
    "1e11, 1e11",
    "1.2e11, 1.2e11",
    "9.999e9, 1e10",
    "1234567, 1.23e6",
    "0.00012, 1.2e-4",
    "0, 0",
    "-2500, -2.5e3"
  })
  void scientificKeepsTwoDecimalsAtMost(double value, String printed) {
    assertThat(Numbers.scientific(value)).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource({"999, 999", "999.6, 1k", "1344, 1.34k", "124000000, 124M", "7e10, 70B", "12.5, 12.5"})
  void sizesKeepThreeDigits(double value, String printed) {
    assertThat(Numbers.short3(value)).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource({
    "1.8172181, 5, 1.8172",
    "477.82587, 5, 477.83",
    "73260000000, 5, 7.326e10",
    "0.5, 4, 0.5",
    "0.00001234, 3, 1.23e-5",
    "2143.41736, 3, 2143"
  })
  void significantDigits(double value, int digits, String printed) {
    assertThat(Numbers.significant(value, digits)).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource({"0.31, 0.31 s", "12.4, 12 s", "99.2, 99 s", "240, 4 min", "7500, 2 h 5 min"})
  void durations(double seconds, String printed) {
    assertThat(Numbers.duration(seconds)).isEqualTo(printed);
  }

  @Test
  void bytesUseBinaryUnits() {
    assertThat(new Bytes(1023)).hasToString("1023 B");
    assertThat(new Bytes(1536)).hasToString("1.5 KiB");
    assertThat(new Bytes(20L << 20)).hasToString("20 MiB");
  }

  @Test
  void quantitiesRefuseWhatIsNoQuantity() {
    assertThatThrownBy(() -> new Flops(-1))
        .hasMessage("flops must be a positive number of FLOP, got -1");
    assertThatThrownBy(() -> new Tokens(0))
        .hasMessage("tokens must be a positive number of tokens, got 0");
    assertThatThrownBy(() -> new Params(Double.NaN))
        .hasMessage("params must be a positive number of parameters, got NaN");
    assertThatThrownBy(() -> Widths.of(8, 8)).hasMessage("widths: each may stand once, got [8, 8]");
    assertThatThrownBy(Widths::of)
        .hasMessage("widths: give at least one, such as widths(16, 32, 64)");
  }

  @Test
  void trainingComputeIsSixTimesParametersTimesTokens() {
    Flops c = Flops.ofTraining(new Params(1000).matrix(), new Tokens(20_000));
    assertThat(c.count()).isEqualTo(1.2e8);
    assertThat(c).hasToString("1.2e8 FLOP");
  }
}
