package reprise.tensor;

import static reprise.tensor.OpCases.index;
import static reprise.tensor.OpCases.positive;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.OpCases.Case;
import reprise.tensor.OpCases.Operand;
import reprise.tensor.ir.Update;
import reprise.tensor.ir.Value;

/** Optimiser steps on vectors that do not fit lanes, and on two blocks for two threads. */
final class UpdateCases {
  private final List<Case> cases = new ArrayList<>();

  private UpdateCases() {}

  static List<Case> all() {
    UpdateCases c = new UpdateCases();
    for (int n : new int[] {37, 9001}) {
      c.add("sgd plain", new Update.Sgd(0, false, 0.1), n, 0, false);
      c.add("sgd momentum", new Update.Sgd(0.9, false, 0.1), n, 1, false);
      c.add("sgd nesterov", new Update.Sgd(0.9, true, 0.1), n, 1, false);
      c.add("adam", new Update.Adam(0.9, 0.95, 1e-8, 0.1), n, 2, true);
      c.add("lion", new Update.Lion(0.9, 0.99, 0.1), n, 1, false);
      c.add("rms_prop", new Update.RmsProp(0.99, 1e-8, 0, 0.1), n, 1, false);
      c.add("rms_prop momentum", new Update.RmsProp(0.99, 1e-8, 0.9, 0.1), n, 2, false);
    }
    Update.Adafactor a = new Update.Adafactor(1e-30, 1e-3, 1, 0.8, 0.01, true);
    Operand r = positive();
    c.add("adafactor vector", a, positive(37), positive(37), positive(37), r, r, index(9));
    c.add(
        "adafactor long vector", a, positive(9001), positive(9001), positive(9001), r, r, index(9));
    c.add(
        "adafactor matrix",
        new Update.Adafactor(1e-30, 1e-3, 0.5, 0.8, 0, false),
        positive(70, 37),
        positive(70, 37),
        positive(70),
        positive(37),
        r,
        r,
        index(9));
    c.add(
        "adafactor matrices",
        a,
        positive(3, 35, 130),
        positive(3, 35, 130),
        positive(3, 35),
        positive(3, 130),
        r,
        r,
        index(9));
    for (Update.Rule rule : Update.Rule.values()) {
      for (int limit : new int[] {3, 90}) {
        double factor = rule == Update.Rule.STEPS ? 0.1 : 2;
        c.add(
            "rate_decay " + rule + " before " + limit,
            new Update.RateDecay(rule, 0.3, 0.002, factor, 7, 11),
            index(limit));
      }
    }
    return c.cases;
  }

  private void add(String name, Update op, int n, int moments, boolean step) {
    List<Operand> in = new ArrayList<>(List.of(OpCases.f(n), OpCases.f(n)));
    for (int i = 0; i < moments; i++) {
      in.add(positive(n));
    }
    in.add(positive());
    in.add(positive());
    if (step) {
      in.add(index(9));
    }
    add(name + " " + n, op, in.toArray(Operand[]::new));
  }

  private void add(String name, Update op, Operand... operands) {
    cases.add(
        new Case(
            name, List.of(operands), (f, in) -> f.applyAll(op, in.toArray(Value[]::new)), false));
  }
}
