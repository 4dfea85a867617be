package reprise.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.tensor.ir.Elementwise;
import reprise.tensor.ir.Examples;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.TypeMismatch;
import reprise.tensor.ir.Value;

/** Facts told in other words each time: what is told, in which order, and how evenly. */
@Tag("backend")
class RetellTest {
  private static final int ROWS = 5;
  private static final int ATTRIBUTES = 3;
  private static final int SEQUENCES = 1200;

  /** Head of two tokens; three values; two forms, the second with its value first. */
  private static final int LENGTH = 3;

  static Stream<Backend> backends() {
    return SessionTest.backends();
  }

  private static Program program(boolean fixed, int sequences) {
    ProgramBuilder b = Program.builder("retell");
    b.state("heads", TensorType.i32(ROWS, 2), State.Kind.DATA);
    b.state("values", TensorType.i32(ROWS, ATTRIBUTES), State.Kind.DATA);
    b.state("forms", TensorType.i32(ATTRIBUTES, 2, LENGTH), State.Kind.DATA);
    b.state("index", TensorType.i32(sequences), State.Kind.DATA);
    b.function(
        "tell",
        f -> {
          List<Value> told =
              f.applyAll(
                  new Examples.Retell(fixed, 9),
                  f.read("heads"),
                  f.read("values"),
                  f.read("forms"),
                  f.read("index"),
                  f.apply(new RandomOp.CallStep()));
          String[] names = {"inputs", "targets", "origins"};
          for (int i = 0; i < 3; i++) {
            f.output(names[i], f.apply(new Elementwise.ToFloat(), told.get(i)));
          }
        });
    return b.build();
  }

  private static Session session(Backend backend, boolean fixed, int sequences) {
    Session s = backend.open(program(fixed, sequences), SessionOptions.seed(7));
    // row n: head 10 n, 10 n + 1; values 100 + 10 n + k
    s.write("heads", IntStream.range(0, ROWS * 2).map(i -> 10 * (i / 2) + i % 2).toArray());
    s.write("values", IntStream.range(0, ROWS * 3).map(i -> 100 + 10 * (i / 3) + i % 3).toArray());
    // 3 is nothing, 4 + t is token t: "50+k value" or "value 60+k 70+k"
    int[] forms = new int[ATTRIBUTES * 2 * LENGTH];
    for (int k = 0; k < ATTRIBUTES; k++) {
      int[] both = {4 + 50 + k, k, 3, k, 4 + 60 + k, 4 + 70 + k};
      System.arraycopy(both, 0, forms, k * both.length, both.length);
    }
    s.write("forms", forms);
    s.write("index", IntStream.range(0, sequences).map(i -> i % ROWS).toArray());
    return s;
  }

  private static int[] output(Session s, String name) {
    float[] x = s.output("tell", name);
    return IntStream.range(0, x.length).map(i -> Math.round(x[i])).toArray();
  }

  /** Order of attributes and form of each, read off the tokens. */
  private record Told(List<Integer> order, List<Integer> forms) {}

  private static Told read(int[] inputs, int[] targets, int row) {
    List<Integer> tokens = new ArrayList<>();
    Arrays.stream(inputs).forEach(tokens::add);
    tokens.add(targets[targets.length - 1]);
    assertThat(tokens.subList(0, 2)).containsExactly(10 * row, 10 * row + 1);
    assertThat(tokens.subList(1, tokens.size())).isEqualTo(Arrays.stream(targets).boxed().toList());
    List<Integer> order = new ArrayList<>();
    Integer[] forms = new Integer[ATTRIBUTES];
    int at = 2;
    while (at < tokens.size() && tokens.get(at) != 0) {
      boolean first = tokens.get(at) < 100;
      int k = first ? tokens.get(at) - 50 : tokens.get(at) - 100 - 10 * row;
      List<Integer> sentence =
          first ? List.of(50 + k, 100 + 10 * row + k) : List.of(100 + 10 * row + k, 60 + k, 70 + k);
      assertThat(tokens.subList(at, at + sentence.size())).isEqualTo(sentence);
      order.add(k);
      forms[k] = first ? 0 : 1;
      at += sentence.size();
    }
    assertThat(tokens.subList(at, tokens.size())).allMatch(t -> t == 0);
    return new Told(order, List.of(forms));
  }

  private static List<Told> all(Session s, int sequences) {
    s.run("tell", 1).orThrow();
    int[] inputs = output(s, "inputs");
    int[] targets = output(s, "targets");
    int tokens = inputs.length / sequences;
    List<Told> told = new ArrayList<>();
    for (int b = 0; b < sequences; b++) {
      told.add(
          read(
              Arrays.copyOfRange(inputs, b * tokens, (b + 1) * tokens),
              Arrays.copyOfRange(targets, b * tokens, (b + 1) * tokens),
              b % ROWS));
    }
    return told;
  }

  /** Each of 3! orders comes 200 times of 1200, each of two forms 600: within five deviations. */
  @ParameterizedTest
  @MethodSource("backends")
  void everyOrderAndFormIsAsLikelyAsAnother(Backend backend) {
    try (Session s = session(backend, false, SEQUENCES)) {
      Map<List<Integer>, Integer> orders = new HashMap<>();
      int[] second = new int[ATTRIBUTES];
      for (Told t : all(s, SEQUENCES)) {
        orders.merge(t.order(), 1, Integer::sum);
        for (int k = 0; k < ATTRIBUTES; k++) {
          second[k] += t.forms().get(k);
        }
      }
      assertThat(orders).hasSize(6);
      // sqrt(1200 x 1/6 x 5/6) = 12.9, sqrt(1200 / 4) = 17.3
      assertThat(orders.values()).allMatch(n -> Math.abs(n - 200) < 65);
      assertThat(Arrays.stream(second)).allMatch(n -> Math.abs(n - 600) < 87);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void targetsSayWhereTheyComeFrom(Backend backend) {
    try (Session s = session(backend, false, 40)) {
      s.run("tell", 1).orThrow();
      int[] targets = output(s, "targets");
      int[] origins = output(s, "origins");
      for (int i = 0; i < targets.length; i++) {
        int expected =
            targets[i] >= 100
                ? 3 + targets[i] % 10
                : targets[i] >= 50 ? 0 : targets[i] == 0 ? -1 : 1 + targets[i] % 10;
        assertThat(origins[i]).as("target %d", targets[i]).isEqualTo(expected);
      }
    }
  }

  /** Fixed words belong to the row: the same in every sequence and step. */
  @ParameterizedTest
  @MethodSource("backends")
  void fixedWordsStay(Backend backend) {
    try (Session s = session(backend, true, 40)) {
      List<Told> told = all(s, 40);
      for (int b = ROWS; b < told.size(); b++) {
        assertThat(told.get(b)).isEqualTo(told.get(b - ROWS));
      }
      s.run("tell", 3).orThrow();
      int[] later = output(s, "inputs");
      s.run("tell", 1).orThrow();
      assertThat(later).containsExactly(output(s, "inputs"));
      assertThat(told.stream().distinct().count()).isGreaterThan(1);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void rowsAndElementsThatAreNotThereStopTheRun(Backend backend) {
    try (Session s = session(backend, false, 4)) {
      s.write("index", new int[] {0, 1, ROWS, 2});
      assertThatThrownBy(() -> s.run("tell", 1))
          .isInstanceOf(NativeFailure.class)
          .hasMessageContaining("index 5 at position 2 is outside the table of 5 rows");
      s.write("index", new int[] {0, 1, 2, 3});
      s.write("forms", new int[] {-1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0});
      assertThatThrownBy(() -> s.run("tell", 1))
          .isInstanceOf(NativeFailure.class)
          .hasMessageContaining("index -1 at position 0 is outside the table");
    }
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    TensorType heads = TensorType.i32(4, 2);
    TensorType forms = TensorType.i32(300, 1, 2);
    assertThatThrownBy(() ->
            new Examples.Retell(false, 1)
                .infer(
                    List.of(
                        heads, TensorType.i32(4, 3), forms, TensorType.i32(2), TensorType.i32())))
        .isInstanceOf(TypeMismatch.class)
        .hasMessageContaining("at most 256 attributes");
  }
}
