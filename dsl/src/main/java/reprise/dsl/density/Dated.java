package reprise.dsl.density;

import java.time.LocalDate;
import reprise.dsl.unit.Checks;

/**
 * When a model was released.
 *
 * @param model its label in the scores
 * @param date of the announcement
 */
public record Dated(String model, LocalDate date) {
  public Dated {
    Checks.text("model", model);
    Checks.present("date of " + model, date);
  }
}
