package reprise.kernel.cli;

import java.util.Optional;
import picocli.CommandLine.Option;
import reprise.dsl.law.IsoFlopPlan;
import reprise.dsl.law.SeedNoise;

/** The options of an IsoFLOP analysis. */
final class FitValleys {
  @Option(
      names = "--isoflop",
      description =
          "No law: the valley of every budget and N_opt ~ C^a through them. Needs two of --params,"
              + " --tokens and --compute; points within 2 %% of one C are a budget.")
  private boolean wanted;

  @Option(
      names = "--akima",
      description =
          "With --isoflop: Akima splines in place of parabolas and a bootstrap over the noise of"
              + " seeds. A standard deviation of the loss, .002, or two of them, LOSS:SD,LOSS:SD.")
  private String akima;

  @Option(
      names = "--window",
      description =
          "With --isoflop: sizes around the best one that a parabola takes. Default: all.")
  private Integer window;

  boolean wanted() {
    return wanted;
  }

  /** The plan with these options. */
  IsoFlopPlan of(IsoFlopPlan plan) {
    IsoFlopPlan windowed = window == null ? plan : plan.window(window);
    return noise().map(windowed::akima).orElse(windowed);
  }

  /**
   * Refuses options that say nothing without --isoflop.
   *
   * @throws IllegalArgumentException naming the option
   */
  void check() {
    if (!wanted && (akima != null || window != null)) {
      throw new IllegalArgumentException(
          (akima != null ? "--akima" : "--window") + " belongs to --isoflop: add it");
    }
  }

  private Optional<SeedNoise> noise() {
    if (akima == null) {
      return Optional.empty();
    }
    String[] ends = akima.split(",", -1);
    try {
      if (ends.length == 1 && !akima.contains(":")) {
        return Optional.of(SeedNoise.constant(Double.parseDouble(akima)));
      }
      if (ends.length == 2) {
        String[] low = ends[0].split(":", 2);
        String[] high = ends[1].split(":", 2);
        if (low.length == 2 && high.length == 2) {
          return Optional.of(
              new SeedNoise(
                  Double.parseDouble(low[0]),
                  Double.parseDouble(low[1]),
                  Double.parseDouble(high[0]),
                  Double.parseDouble(high[1])));
        }
      }
    } catch (NumberFormatException ignored) {
      // said below
    }
    throw new IllegalArgumentException(
        "--akima "
            + akima
            + ": write a standard deviation, .002, or LOSS:SD,LOSS:SD, 3:.002,7:.05");
  }
}
