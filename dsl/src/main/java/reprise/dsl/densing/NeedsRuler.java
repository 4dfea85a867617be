package reprise.dsl.densing;

import java.util.List;
import reprise.dsl.data.PointsSource;
import reprise.dsl.density.Dated;
import reprise.dsl.density.Metric;
import reprise.dsl.density.Ruler;
import reprise.dsl.unit.Checks;

/**
 * A densing law that still needs its reference models: continue with {@link #ruler}.
 *
 * @param metric the benchmark
 * @param scores where they come from
 * @param releases dates of the models
 */
public record NeedsRuler(Metric metric, PointsSource scores, List<Dated> releases) {
  public NeedsRuler {
    Checks.present("scores", scores);
    releases = List.copyOf(releases);
  }

  /** The family whose density is 1. */
  public DensingLaw ruler(Ruler family) {
    return DensingLaw.of(this, family);
  }
}
