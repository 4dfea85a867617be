package reprise.dsl;

import java.time.Duration;
import reprise.dsl.plan.Patience;
import reprise.dsl.plan.Place;
import reprise.dsl.plan.RunOption;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Heads;
import reprise.dsl.unit.Layers;
import reprise.dsl.unit.Order;
import reprise.dsl.unit.Params;
import reprise.dsl.unit.Symbols;
import reprise.dsl.unit.Tokens;
import reprise.dsl.unit.Width;
import reprise.dsl.unit.Widths;

/**
 * The words for quantities. Static members are inherited, so that {@code import static
 * reprise.dsl.Reprise.*} brings these and all other words at once.
 */
public abstract class Quantities {
  Quantities() {}

  /** Floating-point operations, a multiply-add counted as two: {@code flops(6e19)}. */
  public static Flops flops(double count) {
    return new Flops(count);
  }

  /** Training tokens, every prediction counted: {@code tokens(65_536)}. */
  public static Tokens tokens(long count) {
    return new Tokens(count);
  }

  /** Parameters: {@code params(124_000_000).nonEmbedding()}. */
  public static Params params(double count) {
    return new Params(count);
  }

  /** Residual dimensions of a family of models: {@code widths(16, 32, 64)}. */
  public static Widths widths(int... values) {
    return Widths.of(values);
  }

  /** Residual dimension of one model: {@code width(32)}. */
  public static Width width(int count) {
    return new Width(count);
  }

  /** Blocks of one model: {@code layers(2)}. */
  public static Layers layers(int count) {
    return new Layers(count);
  }

  /** Attention heads of one model: {@code heads(2)}. */
  public static Heads heads(int count) {
    return new Heads(count);
  }

  /** The size of an alphabet: {@code symbols(128)}. */
  public static Symbols symbols(int count) {
    return new Symbols(count);
  }

  /** How many preceding symbols the next one depends on: {@code order(1)}. */
  public static Order order(int count) {
    return new Order(count);
  }

  /** A span of time: {@code within(minutes(5))}. */
  public static Duration minutes(int count) {
    return Duration.ofMinutes(count);
  }

  /** A span of time: {@code within(hours(8))}. */
  public static Duration hours(int count) {
    return Duration.ofHours(count);
  }

  /** Begins no run after that time: {@code run(experiment, within(minutes(5)))}. */
  public static RunOption within(Duration time) {
    return new RunOption.Within(time);
  }

  /** Begins no run beyond that much training: {@code run(experiment, within(flops(1e15)))}. */
  public static RunOption within(Flops work) {
    return new RunOption.Spending(work);
  }

  /** Looks without a lower loss before a run is given up: {@code stoppingEarly(patience(3))}. */
  public static Patience patience(int looks) {
    return Patience.of(looks);
  }

  /** Tries runs once more that failed before: {@code run(experiment, again())}. */
  public static RunOption again() {
    return new RunOption.Again();
  }

  /** Where runs go on: {@code run(experiment, on(processes(4)))}. */
  public static RunOption on(Place place) {
    return new RunOption.On(place);
  }

  /** Worker processes on this machine. */
  public static Place processes(int count) {
    return new Place.Processes(count);
  }

  /** A Slurm cluster: {@code run(experiment, on(slurm(partition("gpu")).pack(20)))}. */
  public static Place.Slurm slurm(Place.Partition partition) {
    return new Place.Slurm(partition.name(), 1);
  }

  /** Queue of a cluster. */
  public static Place.Partition partition(String name) {
    return new Place.Partition(name);
  }
}
