package reprise.dsl.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the ticks of an axis are and what stands beside them. Every axis gets at least two labels,
 * also a log axis that spans a small part of a decade.
 *
 * @param major ticks with a label, ascending
 * @param minor places of ticks without
 */
record Ticks(List<Tick> major, List<Double> minor) {
  /**
   * A labelled tick.
   *
   * @param value on the axis
   * @param label beside it
   */
  record Tick(double value, String label) {}

  Ticks {
    major = List.copyOf(major);
    minor = List.copyOf(minor);
  }

  /** Ticks of a linear axis, or of a log one, with at most about {@code most} labels. */
  static Ticks of(boolean log, double low, double high, int most) {
    return log ? logarithmic(low, high, most) : linear(low, high, most);
  }

  private static Ticks linear(double low, double high, int most) {
    double step = niceStep((high - low) / Math.max(1, most));
    List<Double> values = multiples(low, high, step);
    for (double finer = step; values.size() < 2; values = multiples(low, high, finer)) {
      finer = niceStep(finer / 2.5);
    }
    return new Ticks(label(values), List.of());
  }

  private static Ticks logarithmic(double low, double high, int most) {
    int first = (int) Math.ceil(Math.log10(low) - 1e-9);
    int last = (int) Math.floor(Math.log10(high) + 1e-9);
    int decades = last - first + 1;
    if (decades >= 3 || (decades == 2 && most <= 3)) {
      // powers of ten, every stride-th with a label
      int stride = (int) Math.ceil(decades / (double) Math.max(2, most));
      List<Double> labelled = new ArrayList<>();
      List<Double> rest = new ArrayList<>();
      for (int e = first; e <= last; e++) {
        (Math.floorMod(e, stride) == 0 ? labelled : rest).add(Math.pow(10, e));
      }
      if (labelled.size() >= 2) {
        if (stride == 1) {
          rest.addAll(digits(low, high, 2, 3, 4, 5, 6, 7, 8, 9));
        }
        return new Ticks(label(labelled), rest);
      }
    }
    for (int[] digits : new int[][] {{1, 2, 5}, {1, 3}, {1, 5}, {1, 2, 3, 5, 7}}) {
      List<Double> values = digits(low, high, digits);
      if (values.size() >= 3 && values.size() <= Math.max(3, most)) {
        return new Ticks(label(values), digits(low, high, 1, 2, 3, 4, 5, 6, 7, 8, 9));
      }
    }
    return new Ticks(linear(low, high, most).major(), List.of());
  }

  /** All numbers digit x 10^e in the range. */
  private static List<Double> digits(double low, double high, int... digits) {
    List<Double> values = new ArrayList<>();
    int first = (int) Math.floor(Math.log10(low));
    int last = (int) Math.ceil(Math.log10(high));
    for (int e = first; e <= last; e++) {
      for (int digit : digits) {
        double value = digit * Math.pow(10, e);
        if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
          values.add(value);
        }
      }
    }
    return values;
  }

  private static List<Double> multiples(double low, double high, double step) {
    List<Double> values = new ArrayList<>();
    long first = (long) Math.ceil(low / step - 1e-9);
    for (long i = first; i * step <= high + 1e-9 * step; i++) {
      values.add(i * step);
    }
    return values;
  }

  /** The smallest of 1, 2, 2.5, 5 times a power of ten that is at least {@code raw}. */
  private static double niceStep(double raw) {
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    for (double digit : new double[] {1, 2, 2.5, 5}) {
      if (digit * power >= raw * (1 - 1e-9)) {
        return digit * power;
      }
    }
    return 10 * power;
  }

  private static List<Tick> label(List<Double> values) {
    List<String> labels = TickText.of(values);
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      ticks.add(new Tick(values.get(i), labels.get(i)));
    }
    return ticks;
  }
}
