package reprise.kernel.zoo;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.Session;

/**
 * Measures what lies between two models: a trained Bezier curve and the straight line.
 *
 * @param probe whose session is used
 */
public record PairProbe(LandscapeProbe probe) {
  /**
   * Training error along a path.
   *
   * @param places t from 0 to 1
   * @param errors percent of the training set
   */
  public record Profile(List<Double> places, List<Double> errors) {
    public Profile {
      places = List.copyOf(places);
      errors = List.copyOf(errors);
    }

    /**
     * Mode connectivity (Yang et al. 2021, equation 3): {@code (E(a) + E(b))/2 - E(t*)} with t*
     * where the two differ most, percentage points.
     */
    public double connectivity() {
      double ends = (errors.getFirst() + errors.getLast()) / 2;
      double furthest = 0;
      for (double e : errors) {
        if (Math.abs(ends - e) > Math.abs(furthest)) {
          furthest = ends - e;
        }
      }
      return furthest;
    }
  }

  /** The straight line from a to b (Goodfellow et al. 2015, 1412.6544). */
  public Profile line(ZooModel a, ZooModel b) {
    probe.load("start.", a);
    probe.load("end.", b);
    return profile("line");
  }

  /**
   * A quadratic Bezier curve whose middle point is trained (Garipov et al. 2018, 1802.10026).
   *
   * @param middle where the middle point begins: halfway, as the zoos do, or a fresh
   *     initialisation, as the code of Yang et al. does
   */
  public Profile curve(ZooModel a, ZooModel b, ZooModel middle) {
    Session s = probe.session();
    probe.load("start.", a);
    probe.load("end.", b);
    probe.load("", middle);
    s.run("curve_begin", 1).orThrow();
    s.run("curve_step", probe.plan().curveSteps()).orThrow();
    return profile("curve");
  }

  /** The model halfway. */
  public static ZooModel halfway(ZooModel a, ZooModel b) {
    return ZooModel.mean(List.of(a, b));
  }

  private Profile profile(String path) {
    Session s = probe.session();
    int places = probe.plan().probing().places();
    List<Double> at = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    for (int i = 0; i < places; i++) {
      double t = (double) i / (places - 1);
      s.write("path.position", new float[] {(float) t});
      if (!probe.plan().net().statistics().isEmpty()) {
        // statistics of batch normalisation belong to one place: from scratch at each
        int batches = probe.plan().examples().train() / probe.plan().probing().curve().batch();
        s.run("estimate_on_" + path, Math.max(1, batches)).orThrow();
      }
      at.add(t);
      errors.add(
          probe.error(s.run("train_on_" + path, 1).orThrow(), probe.plan().examples().train()));
    }
    return new Profile(at, errors);
  }
}
