package reprise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Plan;
import reprise.dsl.repro.Reproductions;
import reprise.dsl.repro.Scale;

@Tag("plan")
class PlanFileTest {
  @TempDir Path root;

  /** Every plan of every reproduction that trains something. */
  static Stream<Plan> plans() {
    return Reproductions.all().stream()
        .flatMap(paper -> Stream.of(Scale.values()).flatMap(scale -> paper.parts(scale).stream()))
        .map(part -> part.experiment().plan())
        .filter(plan -> !plan.runs().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyPlanOfAPaperIsReadBackEqual(Plan plan) {
    Path folder = new RunStore(root).prepare(plan);
    assertThat(PlanFile.read(folder)).isEqualTo(plan);
  }

  @Test
  void aChangedPlanIsRefused() throws Exception {
    Plan plan = plans().findFirst().orElseThrow();
    Path file = new RunStore(root).prepare(plan).resolve("plan.json");
    String text = Files.readString(file);
    Files.writeString(file, text.replace(plan.title(), "another title"));
    assertThatThrownBy(() -> PlanFile.read(file.getParent()))
        .isInstanceOf(RunFailure.class)
        .hasMessageStartingWith(file + " holds another plan than " + plan.hash());
    Files.writeString(file, text.substring(0, text.length() / 2));
    assertThatThrownBy(() -> PlanFile.read(file.getParent()))
        .isInstanceOf(RunFailure.class)
        .hasMessageStartingWith(file + " cannot be read: ");
    Files.writeString(file, "{\"@\":\"java.lang.ProcessBuilder\"}");
    assertThatThrownBy(() -> PlanFile.read(file.getParent()))
        .hasMessageContaining("java.lang.ProcessBuilder is no record");
    Files.delete(file);
    assertThatThrownBy(() -> PlanFile.read(file.getParent()))
        .hasMessageStartingWith("no plan.json in " + file.getParent());
  }

  @Test
  void whatIsNoDescriptionIsNotWritten() {
    assertThatThrownBy(() -> RecordJson.write(List.of(new Object())))
        .isInstanceOf(RecordJson.Unwritable.class)
        .hasMessage("a java.lang.Object cannot be written as JSON");
  }
}
