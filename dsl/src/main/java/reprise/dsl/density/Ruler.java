package reprise.dsl.density;

import java.util.List;
import reprise.dsl.unit.Checks;

/**
 * A family of reference models: their density is 1 by definition, up to the fit.
 *
 * @param name of the family
 * @param models labels of its members in the scores, at least two
 */
public record Ruler(String name, List<String> models) {
  public Ruler {
    Checks.text("ruler", name);
    models = List.copyOf(models);
    if (models.size() < 2) {
      throw new IllegalArgumentException(
          "the ruler " + name + " needs at least two models, got " + models.size());
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
