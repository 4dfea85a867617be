package reprise.dsl.density;

import java.time.LocalDate;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Params;

/**
 * A model with its score, for one who puts her own on the chart.
 *
 * @param model its name
 * @param params N
 * @param score share of right answers
 * @param date of release
 */
public record Scored(String model, Params params, double score, LocalDate date) {
  public Scored {
    Checks.text("model", model);
    Checks.present("parameters of " + model, params);
    Checks.present("date of " + model, date);
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException(
          model + ": a score is a share in [0, 1], got " + score + "; divide percent by 100");
    }
  }
}
