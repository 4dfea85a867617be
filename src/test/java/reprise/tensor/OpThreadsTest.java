package reprise.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.tensor.OpCases.Case;
import reprise.tensor.cpu.CpuBackend;
import reprise.tensor.ir.Program;

/** Every operation gives the same bits for any number of threads, and when run again. */
@Tag("backend")
class OpThreadsTest {
  static List<Case> cases() {
    return OpCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void threadsDoNotChangeBits(Case c) {
    Program p = ConformanceTest.program(c);
    try (Session one = CpuBackend.best().open(p, SessionOptions.seed(3));
        Session three = CpuBackend.best().open(p, SessionOptions.seed(3).threads(3))) {
      OpPrograms.fill(c, p, one);
      OpPrograms.fill(c, p, three);
      for (var f : p.functions().values()) {
        one.run(f.name(), 1).orThrow();
        three.run(f.name(), 2).orThrow();
        for (String output : f.outputs().keySet()) {
          if (!c.name().contains("call_step")) {
            assertThat(three.output(f.name(), output))
                .as("%s of %s", output, f.name())
                .isEqualTo(one.output(f.name(), output));
          }
        }
      }
    }
  }
}
