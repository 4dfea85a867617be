package reprise.kernel.cli;

import picocli.CommandLine.Option;
import reprise.dsl.repro.Scale;

/** The option that chooses a scale. */
final class ScaleOption {
  @Option(
      names = "--scale",
      description = "smoke (seconds), laptop (minutes on two cores), full (hours); default laptop")
  private Scale scale = Scale.LAPTOP;

  Scale scale() {
    return scale;
  }
}
