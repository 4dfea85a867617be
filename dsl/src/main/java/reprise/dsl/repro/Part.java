package reprise.dsl.repro;

import java.util.List;
import reprise.dsl.Experiment;
import reprise.dsl.result.Result;
import reprise.dsl.unit.Checks;

/**
 * One experiment of a reproduction and the claims that it measures.
 *
 * @param name such as {@code refit} or {@code retrain-valley}
 * @param about one sentence: what is done and why it tests the claims
 * @param experiment what to run
 * @param bindings claims with their readings
 * @param <R> the experiment's result
 */
public record Part<R extends Result>(
    String name, String about, Experiment<R> experiment, List<Binding<R>> bindings) {
  public Part {
    Checks.text("part name", name);
    Checks.text("part description", about);
    Checks.present("experiment", experiment);
    bindings = List.copyOf(bindings);
  }
}
