package reprise.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static reprise.dsl.Reprise.CHINCHILLA;
import static reprise.dsl.Reprise.KAPLAN;
import static reprise.dsl.Reprise.compareForms;
import static reprise.dsl.Reprise.fit;
import static reprise.dsl.Reprise.namedColumns;
import static reprise.dsl.Reprise.plan;
import static reprise.dsl.Reprise.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.RunFailure;
import reprise.dsl.fit.ComparedForms;
import reprise.dsl.fit.FittedLaw;
import reprise.dsl.law.Bootstrap;
import reprise.dsl.law.Laws;

/** Fits and comparisons of forms as experiments: any law, any columns, weights, bounds. */
@Tag("unit")
class FitExperimentTest {
  @TempDir private Path folder;

  private Path streams() throws IOException {
    double[] truth = {1.9752e8, 1.288588, .196281, .334442}; // A, E, alpha, k
    Random random = new Random(5);
    StringBuilder text = new StringBuilder("size,streams,loss,weight\n");
    for (double n = 2e8; n < 5e9; n *= 1.8) {
      for (int p = 1; p <= 8; p *= 2) {
        double loss = Laws.PARSCALE.predict(truth, n, p) * (1 + 1e-4 * random.nextGaussian());
        text.append(String.format(Locale.ROOT, "%.17g,%d,%.17g,1\n", n, p, loss));
      }
    }
    text.append("1e9,1,7,0\n"); // weighs nothing
    return Files.writeString(folder.resolve("streams.csv"), text);
  }

  @Test
  void anyLawFitsAnyColumns() throws IOException {
    FittedLaw fitted =
        run(
            fit(Laws.PARSCALE)
                .csv(streams(), namedColumns("N=size", "P=streams", "loss=loss", "weight=weight"))
                .weights("weight")
                .bound("k", .01, 2)
                .resample(Bootstrap.Resampling.RESIDUALS)
                .bootstrap(100));
    assertThat(fitted.fit().constant("k").value()).isCloseTo(.334442, within(.01));
    assertThat(fitted.fit().constant("k").interval().contains(.334442)).isTrue();
    assertThat(fitted.experiment().plan().text())
        .contains("weighted by weight, 0.01 <= k <= 2, 100 bootstrap resamples of residuals");
  }

  @Test
  void formsAreCompared() throws IOException {
    StringBuilder text = new StringBuilder("N,D,loss\n");
    double[] truth = {406.4, 410.7, 1.69, .34, .28};
    for (int i = 0; i < 42; i++) {
      int size = i / 6;
      double n = 1e7 * Math.pow(4, size);
      double d = 1e8 * Math.pow(5, i % 6);
      text.append(
          String.format(Locale.ROOT, "%g,%g,%.9g\n", n, d, Laws.CHINCHILLA.predict(truth, n, d)));
    }
    Path file = Files.writeString(folder.resolve("runs.csv"), text);
    ComparedForms compared =
        run(
            compareForms(CHINCHILLA, KAPLAN)
                .csv(file, namedColumns("N", "D", "loss"))
                .holdOutAbove("N", 5e9)
                .folds(6));
    assertThat(compared.toString()).isEqualTo("of 2 forms chinchilla is best by held-out points");
    assertThat(compared.frame().rowCount()).isEqualTo(2);
    assertThat(compared.charts()).hasSize(2);
    assertThat(compared.comparison().row("chinchilla").heldOut())
        .isLessThan(compared.comparison().row("kaplan").heldOut());
    assertThatThrownBy(() -> compared.comparison().row("farseer"))
        .hasMessage("farseer was not compared; there are [chinchilla, kaplan]");
    assertThat(
            plan(compareForms(CHINCHILLA, KAPLAN).csv(file, namedColumns("N", "D", "loss"))).text())
        .contains("compare chinchilla, kaplan on runs.csv");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Path file = streams();
    assertThatThrownBy(() -> run(fit(Laws.PARSCALE).csv(file, namedColumns("N=size", "loss=loss"))))
        .isInstanceOf(RunFailure.class)
        .hasMessage("analysis 'fit': parscale needs a column P; the points have [N, loss]");
    assertThatThrownBy(() -> namedColumns("N=a=b", "loss"))
        .hasMessage("'N=a=b': write quantity=column, for example N=params");
    assertThatThrownBy(() -> namedColumns("loss"))
        .hasMessageStartingWith("points need a column for an input and one for the output");
    assertThatThrownBy(() -> compareForms(CHINCHILLA).csv(file, namedColumns("N", "loss")).plan())
        .hasMessage("a comparison of forms needs two laws, got 1");
  }
}
