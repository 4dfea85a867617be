package reprise.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import reprise.dsl.law.Laws;

/** The options of fit beyond a plain fit: bounds, weights, rows, resampling, forms, profiles. */
@Tag("unit")
class FitOptionsTest {
  private static final double[] TRUTH = {406.4, 410.7, 1.69, .34, .28};

  @TempDir private Path folder;

  private record Outcome(int status, String out, String err) {
    JsonObject json() {
      assertThat(err).doesNotContain("Usage");
      return JsonParser.parseString(out).getAsJsonObject();
    }

    double constant(String name) {
      return json().get("constants").getAsJsonObject().get(name).getAsDouble();
    }
  }

  // two seeds of 36 designs; source b is twice as far from the law and weighs 0
  private Path runs() throws IOException {
    StringBuilder text = new StringBuilder("N,D,loss,source,trust\n");
    Random random = new Random(7);
    for (int i = 0; i < 72; i++) {
      int size = i % 36 / 6;
      double n = 1e7 * Math.pow(4, size);
      double d = 1e8 * Math.pow(5, i % 6);
      double loss = Laws.CHINCHILLA.predict(TRUTH, n, d) * (1 + .001 * random.nextGaussian());
      text.append(String.format(Locale.ROOT, "%.17g,%.17g,%.17g,a,1\n", n, d, loss));
    }
    text.append("1e8,1e9,9.5,b,0\n1e9,1e9,9.5,b,0\n");
    return Files.writeString(folder.resolve("runs.csv"), text);
  }

  private Outcome fit(String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("--csv", runs().toString(), "--json"));
    all.addAll(List.of(options));
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        new CommandLine(new FitCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Outcome(status, out.toString(), err.toString());
  }

  @Test
  void lossMayNameTheObjectiveAndColumnsDefaultToTheLawsNames() throws IOException {
    Outcome outcome = fit("--loss", "lad", "--where", "source=a", "--bootstrap", "0");
    assertThat(outcome.json().get("cost").getAsString())
        .isEqualTo("least absolute deviations, log loss");
    assertThat(outcome.json().get("n").getAsInt()).isEqualTo(72);
    assertThat(outcome.constant("E")).isCloseTo(1.69, within(.02));
  }

  @Test
  void aWeightOfZeroLeavesAPointOut() throws IOException {
    Outcome left = fit("--where", "loss<9", "--bootstrap", "0", "--objective", "squared");
    Outcome weighed = fit("--weights", "trust", "--bootstrap", "0", "--objective", "squared");
    assertThat(weighed.json().get("n").getAsInt()).isEqualTo(74);
    assertThat(weighed.constant("alpha")).isCloseTo(left.constant("alpha"), within(1e-6));
    Outcome all = fit("--bootstrap", "0", "--objective", "squared");
    assertThat(Math.abs(all.constant("alpha") - left.constant("alpha"))).isGreaterThan(.01);
  }

  @Test
  void aBoundIsKeptAndSaid() throws IOException {
    Outcome outcome = fit("--where", "source=a", "--bound", "E=..1.5", "--bootstrap", "50");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.constant("E")).isBetween(1.4999, 1.5);
    assertThat(outcome.json().get("converged").getAsBoolean()).isTrue();
    assertThat(outcome.err()).contains("is at the bound 1.5 you set: the points pull it beyond");
    Outcome wide = fit("--where", "source=a", "--bound", "E=1..3", "--bootstrap", "0");
    Outcome free = fit("--where", "source=a", "--bootstrap", "0");
    assertThat(wide.constant("E")).isCloseTo(free.constant("E"), within(1e-6));
    assertThat(wide.json().get("objective").getAsDouble())
        .isCloseTo(free.json().get("objective").getAsDouble(), within(1e-12));
    assertThat(fit("--bound", "E=2").err())
        .isEqualTo("fit: --bound E=2: write LOW..HIGH, LOW.. or ..HIGH\n");
    assertThat(fit("--bound", "gamma=0..1").err())
        .isEqualTo("fit: bound of gamma: chinchilla has the constants [A, B, E, alpha, beta]\n");
    assertThat(fit("--bound", "E=-1..3").err())
        .isEqualTo("fit: bound -1 <= E <= 3: E is positive by its definition; bound it above 0\n");
  }

  @Test
  void everyKindOfResamplingGivesAnIntervalAboutTheTruth() throws IOException {
    for (String kind : List.of("cases", "cells", "seeds", "residuals")) {
      Outcome outcome =
          fit("--where", "source=a", "--resample", kind, "--bootstrap", "200", "--seed", "3");
      var e = outcome.json().get("intervals").getAsJsonObject().get("E").getAsJsonArray();
      assertThat(e.get(0).getAsDouble()).as(kind).isBetween(1.6, 1.69);
      assertThat(e.get(1).getAsDouble()).as(kind).isBetween(1.68, 1.75);
    }
    assertThat(fit("--resample", "seeds").err())
        .isEqualTo(
            "fit: bootstrap over seeds: runs.csv, row 74 is alone in its cell; run every design"
                + " with two seeds or more, or redraw cells or residuals\n");
    assertThat(fit("--resample", "seed").err())
        .isEqualTo(
            "fit: --resample seed. Did you mean seeds? Choose one of cases, cells, seeds,"
                + " residuals\n");
  }

  @Test
  void formsAreComparedOnPointsTheyHaveNotSeen() throws IOException {
    Outcome outcome =
        fit("--where", "source=a", "--compare", "kaplan", "--held-out", "N>5e9", "--folds", "6");
    var forms = outcome.json().get("forms").getAsJsonArray();
    assertThat(forms).hasSize(2);
    var chinchilla = forms.get(0).getAsJsonObject();
    var kaplan = forms.get(1).getAsJsonObject();
    for (String score : List.of("aic", "bic", "crossValidatedError", "heldOutError")) {
      assertThat(chinchilla.get(score).getAsDouble())
          .as(score)
          .isLessThan(kaplan.get(score).getAsDouble());
    }
    assertThat(outcome.json().get("n").getAsInt()).isEqualTo(60);
    assertThat(outcome.json().get("heldOut").getAsString()).isEqualTo("N > 5e9");
    assertThat(fit("--compare", "kaplan", "--held-out", "N<5").err())
        .isEqualTo("fit: --held-out N<5: write COLUMN>NUMBER with a column of [N, D, loss]\n");
    assertThat(fit("--compare", "kaplan", "--held-out", "N>1e30").err())
        .isEqualTo("fit: no point has N > 1e30: choose a limit below the largest value\n");
  }

  @Test
  void profilesGiveIntervalsAndCharts() throws IOException {
    Path charts = folder.resolve("charts");
    Outcome outcome =
        fit(
            "--where",
            "source=a",
            "--objective",
            "squared",
            "--bootstrap",
            "0",
            "--profile",
            "E,alpha",
            "--charts",
            charts.toString());
    JsonObject json = outcome.json();
    var profile = json.get("profileIntervals").getAsJsonObject().get("E").getAsJsonArray();
    var normal = json.get("intervals").getAsJsonObject().get("E").getAsJsonArray();
    double width = profile.get(1).getAsDouble() - profile.get(0).getAsDouble();
    double other = normal.get(1).getAsDouble() - normal.get(0).getAsDouble();
    assertThat(width / other).isBetween(.75, 1.35);
    assertThat(profile.get(0).getAsDouble()).isLessThan(outcome.constant("E"));
    try (var files = Files.list(charts)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "residuals.svg",
              "residuals.png",
              "loss-against-tokens.svg",
              "loss-against-tokens.png",
              "contours.svg",
              "contours.png",
              "loss-against-compute.svg",
              "loss-against-compute.png",
              "loss-by-size.svg",
              "loss-by-size.png",
              "profile-e.svg",
              "profile-e.png",
              "profile-alpha.svg",
              "profile-alpha.png");
    }
    assertThat(Files.readString(charts.resolve("contours.svg"))).contains("compute-optimal");
  }

  @Test
  void conditionsThatCannotBeReadAreNamed() throws IOException {
    assertThat(fit("--where", "source").err())
        .isEqualTo(
            "fit: --where source: write COLUMN=TEXT, COLUMN!=TEXT, COLUMN<NUMBER or COLUMN>NUMBER\n");
    assertThat(fit("--where", "sauce=a").err())
        .isEqualTo(
            "fit: --where: runs.csv has no column sauce. Did you mean source? Columns: N, D, loss,"
                + " source, trust\n");
    assertThat(fit("--where", "N>big").err())
        .isEqualTo("fit: --where N>big: 'big' is not a number\n");
    assertThat(fit("--where", "source=c").err())
        .isEqualTo("fit: runs.csv has no row left after --where [source=c]\n");
  }

  @Test
  void sensitivityIsATableOfFits() throws IOException {
    Outcome moved = fit("--sensitivity", "0,2");
    assertThat(moved.status()).isZero();
    var rows = moved.json().getAsJsonArray("fits");
    assertThat(rows).hasSize(2 * 6);
    // without weights the two rows of source b pull E away until they are left out
    JsonObject all = rows.get(0).getAsJsonObject();
    JsonObject fewer = rows.get(7).getAsJsonObject();
    assertThat(all.get("dropped").getAsInt()).isZero();
    assertThat(all.get("n").getAsInt()).isEqualTo(74);
    assertThat(fewer.get("dropped").getAsInt()).isEqualTo(2);
    assertThat(fewer.get("n").getAsInt()).isEqualTo(72);
    assertThat(fewer.get("cost").getAsString()).contains("0.001");
    assertThat(fewer.get("constants").getAsJsonObject().get("E").getAsDouble())
        .isCloseTo(1.69, within(.02));
    JsonObject squares = rows.get(5).getAsJsonObject().get("constants").getAsJsonObject();
    JsonObject clean = rows.get(11).getAsJsonObject().get("constants").getAsJsonObject();
    assertThat(Math.abs(squares.get("E").getAsDouble() - clean.get("E").getAsDouble()))
        .isGreaterThan(.02);
  }

  private static Outcome run(String... all) {
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        new CommandLine(new FitCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all);
    return new Outcome(status, out.toString(), err.toString());
  }

  @Test
  void countingRulesAreRowsOfTheTable() throws IOException {
    StringBuilder text = new StringBuilder("N,bare,loss\n");
    for (int i = 0; i < 12; i++) {
      double n = 1e6 * Math.pow(2, i);
      text.append(
          String.format(Locale.ROOT, "%.17g,%.17g,%.17g\n", n, n / 4, 8 * Math.pow(n, -.08)));
    }
    String csv = Files.writeString(folder.resolve("sizes.csv"), text).toString();
    Outcome moved =
        run(
            "--csv",
            csv,
            "--law",
            "power-law",
            "--sensitivity",
            "0,2",
            "--counting",
            "non-embedding=bare",
            "--json");
    var rows = moved.json().getAsJsonArray("fits");
    assertThat(rows).hasSize(2 * 2 * 6);
    JsonObject given = rows.get(0).getAsJsonObject();
    JsonObject bare = rows.get(12).getAsJsonObject();
    assertThat(given.get("counting").getAsString()).isEqualTo("as given");
    assertThat(bare.get("counting").getAsString()).isEqualTo("non-embedding");
    // a quarter of the size is the same law with a scale of a quarter
    double scale = given.get("constants").getAsJsonObject().get("x_c").getAsDouble();
    assertThat(bare.get("constants").getAsJsonObject().get("x_c").getAsDouble() / scale)
        .isCloseTo(.25, within(1e-4));
    assertThat(run("--csv", csv, "--law", "power-law", "--counting", "a=bare").err())
        .isEqualTo("fit: --counting belongs to --sensitivity: add --sensitivity 0\n");
    assertThat(
            run("--csv", csv, "--law", "power-law", "--sensitivity", "0", "--counting", "a=bar")
                .err())
        .isEqualTo("fit: sizes.csv has no column bar. Did you mean bare? Columns: N, bare, loss\n");
  }

  @Test
  void predictionsHaveIntervals() throws IOException {
    Outcome outcome =
        fit(
            "--where",
            "source=a",
            "--bootstrap",
            "100",
            "--at",
            "D=1.4e11,N=7e9",
            "--flops",
            "1e21");
    JsonObject at = outcome.json().getAsJsonArray("predictions").get(0).getAsJsonObject();
    double truth = Laws.CHINCHILLA.predict(TRUTH, 7e9, 1.4e11);
    assertThat(at.get("at").getAsJsonObject().get("N").getAsDouble()).isEqualTo(7e9);
    assertThat(at.get("value").getAsDouble()).isCloseTo(truth, within(.02));
    var interval = at.get("interval").getAsJsonArray();
    assertThat(interval.get(0).getAsDouble()).isLessThan(at.get("value").getAsDouble());
    assertThat(interval.get(1).getAsDouble() - interval.get(0).getAsDouble()).isBetween(1e-4, .1);
    assertThat(outcome.json().get("allocation").getAsJsonObject().keySet()).contains("L");
    assertThat(fit("--at", "N=5").err())
        .isEqualTo("fit: --at N=5: chinchilla takes N, D; write N=NUMBER,D=NUMBER\n");
    assertThat(fit("--at", "N=5,D=0").err()).isEqualTo("fit: --at N=5,D=0: D must be positive\n");
    assertThat(fit("--law", "power-law", "--flops", "1e21").err())
        .isEqualTo(
            "fit: --flops: power-law says nothing about the best split of a budget; ask --at a"
                + " point, or fit a law of N and D\n");
    assertThat(fit("--theme", "grey").err())
        .isEqualTo("fit: --theme grey: choose one of notebook, print, dark\n");
  }

  // four budgets of seven sizes on L = E + A/N^.3 + A/D^.3, whose optimum is N = D = sqrt(C/6)
  private Path budgets() throws IOException {
    StringBuilder text = new StringBuilder("C,N,loss\n");
    double[] even = {400, 400, 1.7, .3, .3};
    for (double c = 6e18; c < 1e21; c *= 4) {
      for (int k = -3; k <= 3; k++) {
        double n = Math.sqrt(c / 6) * Math.pow(1.5, k);
        double loss = Laws.CHINCHILLA.predict(even, n, c / 6 / n);
        text.append(String.format(Locale.ROOT, "%.17g,%.17g,%.17g\n", c, n, loss));
      }
    }
    return Files.writeString(folder.resolve("budgets.csv"), text);
  }

  @Test
  void valleysOfBudgetsGiveTheBestSizeOfAnother() throws IOException {
    String csv = budgets().toString();
    Path charts = folder.resolve("valleys");
    for (String[] how : new String[][] {{"--window", "5"}, {"--akima", "3:.0005,7:.001"}}) {
      Outcome outcome =
          run(
              "--isoflop",
              "--csv",
              csv,
              "--flops",
              "6e22",
              "--bootstrap",
              "60",
              "--json",
              "--theme",
              "dark",
              "--charts",
              charts.toString(),
              how[0],
              how[1]);
      assertThat(outcome.status()).isZero();
      JsonObject json = outcome.json();
      assertThat(json.get("interior").getAsInt()).isEqualTo(4);
      assertThat(outcome.constant("a")).isCloseTo(.5, within(.02));
      JsonObject best = json.get("allocation").getAsJsonObject();
      assertThat(best.get("N_opt").getAsDouble() / 1e11).isCloseTo(1, within(.15));
      var ends = json.get("allocationIntervals").getAsJsonObject().get("N_opt").getAsJsonArray();
      assertThat(ends.get(0).getAsDouble()).isLessThan(ends.get(1).getAsDouble());
      assertThat(Files.readString(charts.resolve("valleys-by-budget.svg")))
          .contains("rgb(22,25,29)");
    }
    Outcome table = run("--isoflop", "--csv", csv, "--bootstrap", "0");
    assertThat(table.out())
        .startsWith(
            "N_opt = k_N C^a, D_opt = k_D C^b\n28 points of budgets.csv; parabolas in log N")
        .containsPattern("(?m)^ *6e18 +7 +1(\\.\\d+)?e9 ");
    assertThat(run("--csv", csv, "--akima", ".1").err())
        .isEqualTo("fit: --akima belongs to --isoflop: add it\n");
    assertThat(run("--isoflop", "--csv", csv, "--akima", "x").err())
        .isEqualTo(
            "fit: --akima x: write a standard deviation, .002, or LOSS:SD,LOSS:SD,"
                + " 3:.002,7:.05\n");
    String bare = Files.writeString(folder.resolve("b.csv"), "N,loss\n1,2\n").toString();
    assertThat(run("--isoflop", "--csv", bare).err())
        .isEqualTo(
            "fit: --isoflop needs two of --params, --tokens and --compute. Columns: N, loss\n");
  }
}
