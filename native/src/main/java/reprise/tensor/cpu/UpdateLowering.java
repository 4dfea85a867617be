package reprise.tensor.cpu;

import static reprise.tensor.cpu.Emitter.NONE;
import static reprise.tensor.cpu.Emitter.bits;

import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.Update;

/** Optimiser steps to native instructions. */
final class UpdateLowering {
  /** What UPDATE does, in the order of {@code rp_rule}. */
  private enum Rule {
    PLAIN,
    MOMENTUM,
    NESTEROV,
    ADAM,
    LION,
    RMS_PROP,
    RMS_PROP_MOMENTUM
  }

  private UpdateLowering() {}

  static void lower(Update op, Instruction i, Emitter code) {
    switch (op) {
      case Update.Sgd s -> {
        Rule rule = s.momentum() == 0 ? Rule.PLAIN : s.nesterov() ? Rule.NESTEROV : Rule.MOMENTUM;
        update(i, code, s.momentum() == 0 ? 0 : 1, rule, s.momentum(), 0, 0, s.decay());
      }
      case Update.Adam a -> update(i, code, 2, Rule.ADAM, a.beta1(), a.beta2(), a.eps(), a.decay());
      case Update.Lion l -> update(i, code, 1, Rule.LION, l.beta1(), l.beta2(), 0, l.decay());
      case Update.RmsProp r ->
          update(
              i,
              code,
              r.momentum() > 0 ? 2 : 1,
              r.momentum() > 0 ? Rule.RMS_PROP_MOMENTUM : Rule.RMS_PROP,
              r.alpha(),
              r.momentum(),
              r.eps(),
              r.decay());
      case Update.Adafactor a -> adafactor(a, i, code);
      case Update.RateDecay d ->
          code.emit(
              Opcode.RATE_DECAY,
              code.result(i, 0),
              code.in(i, 0),
              d.rule().ordinal(),
              d.warmup(),
              d.period(),
              bits(d.peak()),
              bits(d.floor()),
              bits(d.factor()));
    }
  }

  private static void update(
      Instruction i,
      Emitter code,
      int moments,
      Rule rule,
      double a,
      double b,
      double eps,
      double decay) {
    code.emit(
        Opcode.UPDATE,
        code.result(i, 0),
        moments > 0 ? code.result(i, 1) : NONE,
        moments > 1 ? code.result(i, 2) : NONE,
        code.in(i, 0),
        code.in(i, 1),
        moments > 0 ? code.in(i, 2) : NONE,
        moments > 1 ? code.in(i, 3) : NONE,
        code.in(i, 2 + moments),
        code.in(i, 3 + moments),
        rule == Rule.ADAM ? code.in(i, 6) : NONE,
        i.types().getFirst().size(),
        rule.ordinal(),
        bits(a),
        bits(b),
        bits(eps),
        bits(decay));
  }

  private static void adafactor(Update.Adafactor a, Instruction i, Emitter code) {
    Shape s = i.types().getFirst().shape();
    boolean factored = s.rank() >= 2;
    int rates = factored ? 4 : 3;
    code.emit(
        Opcode.ADAFACTOR,
        code.result(i, 0),
        code.result(i, 1),
        factored ? code.result(i, 2) : NONE,
        code.in(i, 0),
        code.in(i, 1),
        code.in(i, 2),
        factored ? code.in(i, 3) : NONE,
        code.in(i, rates),
        code.in(i, rates + 1),
        code.in(i, rates + 2),
        factored ? s.product(0, s.rank() - 2) : 1,
        factored ? s.dim(-2) : 1,
        factored ? s.dim(-1) : s.size(),
        bits(a.eps1()),
        bits(a.eps2()),
        bits(a.clip()),
        bits(a.power()),
        bits(a.decay()),
        a.relative() ? 1 : 0);
  }
}
