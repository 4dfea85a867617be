package reprise.dsl.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.bytePairs;
import static reprise.dsl.Reprise.characters;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.informationCapacity;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.widths;
import static reprise.dsl.Reprise.words;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.dsl.data.Corpus;
import reprise.dsl.plan.TrainTask;
import reprise.dsl.result.LossCurve;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.dsl.result.RunOutcome;
import reprise.dsl.unit.Flops;

/** The formula, the count of operations, and the bias that levels a series. */
@Tag("unit")
class CapacityTest {
  /** Rows of the released table as published. */
  @ParameterizedTest
  @CsvSource({
    "34.95, 3.9885313510894775, 977195007.9999999, 0.23310514464022852",
    "34.82, 2.5816900730133057, 17333376768, 0.2422118075460074",
    "32.12, 2.251732349395752, 36909875200, 0.16717145364366684"
  })
  void theFormulaIsThatOfThePublishedRows(double text, double loss, double flops, double ic) {
    Capacity capacity = new Capacity(text, loss, new Flops(flops));
    assertThat(capacity.with(Capacity.MIXED_TEXT_BIAS)).isCloseTo(ic, within(1e-15));
  }

  @Test
  void operationsOfATokenAreThoseOfTheAuthorsFigure() {
    // Llama 3 of 8 B: 32 (4 d^2 + 4 d k + 4 d 512.5 + 6 d f) + 2 d V, read off as 1.529e10
    DecodingCost llama = new DecodingCost(32, 4096, 1024, 14_336, 3, 128_256);
    assertThat(llama.ofToken(1024).count()).isEqualTo(15_278_014_464.0);
    assertThat(llama.ofToken(1024).count() / 1.529e10).isCloseTo(1, within(0.005));
    // an empty cache: one key to look at, and nothing else changes
    assertThat(llama.ofToken(1024).count() - llama.ofToken(1).count())
        .isEqualTo(32 * 4 * 4096 * 511.5);
  }

  @Test
  void aModelWithoutComputeHasNoCapacity() {
    assertThatThrownBy(() -> new Capacity(8, 3, new Flops(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "information capacity divides by log2 of the FLOP of a token, which must be above 1");
  }

  @Test
  void tokenizersOfWhichTheBitsAreNotKnownAreRefused() {
    assertThatThrownBy(() -> informationCapacity(characters(PRIDE_AND_PREJUDICE)))
        .hasMessage(
            "informationCapacity: give a text under at least two tokenizers, such as"
                + " characters(PRIDE_AND_PREJUDICE), bytePairs(PRIDE_AND_PREJUDICE, symbols(512));"
                + " got 1");
    assertThatThrownBy(() ->
            informationCapacity(
                characters(PRIDE_AND_PREJUDICE), words(PRIDE_AND_PREJUDICE, symbols(100))))
        .hasMessage(
            "informationCapacity: the bits of text of a token are known of characters and byte pairs"
                + " only, not of words of Pride and Prejudice (100 symbols)");
    assertThatThrownBy(() -> bytePairs(PRIDE_AND_PREJUDICE, symbols(256)))
        .hasMessage(
            "bytePairs: the vocabulary holds all 256 bytes and then pairs, so give more than 256"
                + " symbols, got 256");
  }

  /** Losses are made so that IC is level at -6 bits under characters, and shifted under pairs. */
  @Test
  void theBiasLevelsTheFirstSeriesAndIsKeptForTheOthers() {
    Corpus first = characters(PRIDE_AND_PREJUDICE);
    Corpus second = bytePairs(PRIDE_AND_PREJUDICE, symbols(320));
    InformationCapacity experiment =
        informationCapacity(first, second)
            .models(decoder(widths(8, 16, 32)).context(64))
            .tokens(tokens(4096));
    List<RunOutcome> runs = new ArrayList<>();
    for (TrainTask task : experiment.plan().runs(TrainTask.class)) {
      boolean pairs = task.corpus().equals(second);
      double textBits = pairs ? 12 : 8;
      double log2 = Math.log(DecodingCost.of(task.model()).ofToken(64).count()) / Math.log(2);
      // T - NLL - 6 = .1 log2 F, and .3 log2 F
      double lossBits = textBits - 6 - (pairs ? 0.3 : 0.1) * log2;
      runs.add(
          new RunOutcome.Finished<>(
              task,
              lossBits * Math.log(2),
              new LossCurve(new int[0], new double[0]),
              Readings.of(List.of(new Reading(InformationCapacityResult.TEXT_BITS, "", textBits))),
              1,
              "digest"));
    }
    InformationCapacityResult result =
        experiment.result(new Outcome(experiment.plan(), runs, List.of(), List.of(), null));
    assertThat(result.bias()).isCloseTo(-6, within(1e-9));
    assertThat(result.spread(first)).isCloseTo(0, within(1e-12));
    assertThat(result.shift(second).value()).isCloseTo(0.2, within(1e-12));
    assertThat(result.spreadOverGap().value()).isCloseTo(0, within(1e-10));
    assertThat(result.correlationWithText().value()).isCloseTo(1, within(1e-9));
    assertThat(result.frame().rowCount()).isEqualTo(6);
    assertThat(result.charts()).hasSize(1);
    assertThat(result.toString())
        .isEqualTo("6 runs, b = -6 bits; IC text 0.100 +- 0.000, pairs320 0.300 +- 0.000");
  }
}
