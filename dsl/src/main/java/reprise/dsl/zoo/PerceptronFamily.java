package reprise.dsl.zoo;

import java.util.List;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Widths;

/**
 * Perceptrons of several widths.
 *
 * @param widths of the hidden layers, one model each
 * @param layers hidden layers; 2 unless set
 */
public record PerceptronFamily(Widths widths, int layers) {
  public PerceptronFamily {
    Checks.present("widths", widths);
    Checks.positive("layers", layers, "hidden layers");
  }

  /** Two hidden layers. */
  public PerceptronFamily(Widths widths) {
    this(widths, 2);
  }

  /** The same with another number of hidden layers. */
  public PerceptronFamily layers(int number) {
    return new PerceptronFamily(widths, number);
  }

  /** The models, one a width. */
  public List<Perceptron> members() {
    return widths.values().stream().map(w -> new Perceptron(w, layers)).toList();
  }

  @Override
  public String toString() {
    return "perceptrons of " + layers + " hidden layers, " + widths;
  }
}
