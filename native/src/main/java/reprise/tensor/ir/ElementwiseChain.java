package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Element-by-element operations in one pass over memory, written by the pass {@code chains}: bits
 * are those of the single operations. The text lists steps, separated by semicolons; a step names
 * its operation and its operands by number: first those of the node, then the steps before. {@code
 * wide k} repeats an operand along the trailing axes it lacks; other operands have the shape of the
 * result or its trailing axes. The last step is the result.
 *
 * @param shape of the result
 * @param text such as {@code wide 1;sub 0 2;grad_gelu 3 0;affine 4 2.0 -1.0}
 */
public record ElementwiseChain(Shape shape, String text) implements Op {
  /** The most operands of a chain. */
  static final int OPERANDS = 8;

  /** The most steps of a chain, repetitions of operands not counted. */
  static final int STEPS = 32;

  /** One step; scale and shift for {@link Elementwise.Affine}; op null for a repetition. */
  public record Step(Elementwise op, List<Integer> inputs) {
    public Step {
      inputs = List.copyOf(inputs);
    }

    /** Whether it only repeats an operand along trailing axes. */
    public boolean wide() {
      return op == null;
    }

    @Override
    public String toString() {
      String name =
          switch (op) {
            case null -> "wide";
            case Elementwise.Unary u -> lower(u.function());
            case Elementwise.UnaryGrad u -> "grad_" + lower(u.function());
            case Elementwise.Binary b -> lower(b.operator());
            case Elementwise.Affine _ -> "affine";
            default -> throw new IllegalArgumentException("no step of a chain: " + op);
          };
      StringBuilder s = new StringBuilder(name);
      inputs.forEach(x -> s.append(' ').append(x));
      if (op instanceof Elementwise.Affine a) {
        s.append(' ').append(a.scale()).append(' ').append(a.shift());
      }
      return s.toString();
    }

    private static String lower(Enum<?> e) {
      return e.name().toLowerCase(Locale.ROOT);
    }

    static Step parse(String text) {
      String[] words = text.strip().split(" ");
      String name = words[0].toUpperCase(Locale.ROOT);
      if (name.equals("WIDE")) {
        return new Step(null, numbers(words, 1));
      } else if (name.equals("AFFINE")) {
        double scale = Double.parseDouble(words[2]);
        return new Step(
            new Elementwise.Affine(scale, Double.parseDouble(words[3])), numbers(words, 1));
      } else if (name.startsWith("GRAD_")) {
        var f = Elementwise.Function.valueOf(name.substring("GRAD_".length()));
        return new Step(new Elementwise.UnaryGrad(f), numbers(words, 2));
      }
      for (Elementwise.Operator o : Elementwise.Operator.values()) {
        if (o.name().equals(name)) {
          return new Step(new Elementwise.Binary(o), numbers(words, 2));
        }
      }
      return new Step(new Elementwise.Unary(Elementwise.Function.valueOf(name)), numbers(words, 1));
    }

    private static List<Integer> numbers(String[] words, int count) {
      List<Integer> list = new ArrayList<>();
      for (int k = 1; k <= count; k++) {
        list.add(Integer.parseInt(words[k]));
      }
      return list;
    }
  }

  static ElementwiseChain of(Shape shape, List<Step> steps) {
    return new ElementwiseChain(
        shape, String.join(";", steps.stream().map(Step::toString).toList()));
  }

  /**
   * The steps, in order.
   *
   * @throws TypeMismatch if the text cannot be read
   */
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (String part : text.split(";")) {
      try {
        steps.add(Step.parse(part));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new TypeMismatch("a step such as 'mul 0 1' or 'affine 2 1.0 0.5'", part);
      }
    }
    return steps;
  }

  /** Operands that no step repeats along trailing axes: the result may take their memory. */
  List<Integer> whole() {
    List<Integer> list = new ArrayList<>();
    List<Step> steps = steps();
    for (int k = 0; k < OPERANDS; k++) {
      int operand = k;
      if (steps.stream().noneMatch(s -> s.wide() && s.inputs().getFirst() == operand)) {
        list.add(k);
      }
    }
    return list;
  }

  @Override
  public List<TensorType> infer(List<TensorType> in) {
    require(!in.isEmpty() && in.size() <= OPERANDS, "1 to " + OPERANDS + " operands", in);
    List<Step> steps = steps();
    long computing = steps.stream().filter(s -> !s.wide()).count();
    require(computing >= 1 && computing <= STEPS, "1 to " + STEPS + " steps", computing);
    long wide = steps.size() - computing;
    require(
        in.size() + wide <= OPERANDS,
        "operands and repetitions up to " + OPERANDS,
        in.size() + wide);
    require(!steps.getLast().wide(), "a last step that computes", steps.getLast());
    for (int k = 0; k < steps.size(); k++) {
      for (int x : steps.get(k).inputs()) {
        int limit = steps.get(k).wide() ? in.size() : in.size() + k;
        require(x >= 0 && x < limit, "numbers below " + limit + " in step " + k, steps.get(k));
        if (x < in.size()) {
          operand(in.get(x), steps.get(k));
        }
      }
    }
    int slots = ChainSlots.count(in.size(), steps);
    require(slots <= ChainSlots.SLOTS, ChainSlots.SLOTS + " values at a time", slots);
    return List.of(new TensorType(DType.F32, shape));
  }

  private void operand(TensorType t, Step step) {
    f32(t, "operand");
    if (step.wide()) {
      int rank = t.shape().rank();
      require(
          rank <= shape.rank() && t.shape().dims().equals(shape.dims().subList(0, rank)),
          "an operand with the leading axes of " + shape + " for '" + step + "'",
          t);
    } else {
      require(
          t.shape().isSuffixOf(shape),
          "an operand with the shape or the trailing axes of " + shape + " for '" + step + "'",
          t);
    }
  }
}
