package reprise.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.plan.Plan;
import reprise.kernel.display.Renderers;
import reprise.kernel.shell.Outcome;
import reprise.kernel.shell.Shell;
import reprise.kernel.store.StoredPlan;
import reprise.tensor.ir.Program;
import tech.tablesaw.api.Table;

/** Looking at plans, programs, papers and runs from a cell. */
@Tag("kernel")
class ExperimentMagicsTest {
  private static final String SMALL =
      "scalingLaw(CHINCHILLA).models(decoder(widths(4, 8)).layers(1).context(16))"
          + ".corpus(markov(symbols(32), order(1))).tokens(tokens(4_096), tokens(8_192))";
  private static final Shell SHELL = Shell.open();

  @AfterAll
  static void close() {
    SHELL.close();
  }

  private static Object value(String cell) {
    var outcome = SHELL.eval(cell);
    assertThat(outcome).as(() -> outcome.toString()).isInstanceOf(Outcome.Value.class);
    return ((Outcome.Value) outcome).value();
  }

  private static String error(String cell) {
    var outcome = SHELL.eval(cell);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).failure().message();
  }

  @Test
  void aPlanIsCostedAndRunsNothing() {
    for (var cell : new String[] {"%plan " + SMALL, "%%plan\n" + SMALL.replace(").", ")\n.")}) {
      var plan = (Plan) value(cell);
      assertThat(plan.runs()).hasSize(4);
      assertThat(plan.cost()).isPresent();
    }
    assertThat(((Plan) value("%plan chinchilla smoke")).title()).isNotBlank();
  }

  @Test
  void theProgramOfAnExperimentShowsItsFunctionsAndMemory() {
    var program = (Program) value("%program " + SMALL);
    assertThat(program.functions()).containsKeys("train_step", "initialise");
    var shown = Renderers.render(program);
    assertThat(shown.plain())
        .contains(program.parameters() + " parameters in ", "memory ", "function train_step {");
    assertThat(shown.string("text/html").orElseThrow())
        .contains("<summary>train_step: ", "state tensors</summary>");
  }

  @Test
  void papersWithTheVerdictsKnown() {
    var papers = (Table) value("%papers");
    assertThat(papers.columnNames())
        .containsExactly("paper", "claim", "verdict", "source", "sentence");
    assertThat(papers.stringColumn("paper").asList()).contains("chinchilla");
    assertThat(papers.stringColumn("verdict").asList())
        .contains("Supported", "Contradicted", "OutOfReach");
  }

  @Test
  void runsOfTheStore(@TempDir Path root) throws Exception {
    assertThat(StoredPlan.all(root.resolve("none"))).isEmpty();
    var done = Files.createDirectories(root.resolve("abc123/run-1"));
    Files.writeString(
        done.resolve("run.json"),
        "{\"id\": \"run-1\", \"title\": \"a law\", \"fields\": {\"N\": 10, \"corpus\":"
            + " \"novel\"}, \"loss\": 2.5, \"seconds\": 0.5, \"backend\": \"cpu\"}");
    Files.writeString(done.resolve("DONE"), "digest");
    Files.createDirectories(root.resolve("abc123/run-2"));
    var plans = StoredPlan.all(root);
    assertThat(plans).hasSize(1);
    assertThat(plans.getFirst().title()).isEqualTo("a law");
    assertThat(plans.getFirst().unfinished()).isEqualTo(1);
    assertThat(plans.getFirst().runs())
        .containsExactly(
            new StoredPlan.StoredRun(
                "run-1", Map.of("N", "10", "corpus", "novel"), 2.5, 0.5, "cpu"));
  }

  @Test
  void mistakesAreExplained() {
    assertThat(error("%plan")).startsWith("%plan: write a paper and a scale, such as");
    assertThat(error("%plan chinchilla huge"))
        .isEqualTo("%plan: 'huge' is no scale; there are: smoke, laptop, full");
    assertThat(error("%plan 1 + 1"))
        .isEqualTo(
            "%plan: the code gives java.lang.Integer, which is neither an experiment nor a plan nor"
                + " a paper's card");
    assertThat(error("%runs zzz")).startsWith("%runs: no plan in ");
    assertThat(error("%program chinchilla nothing else")).isNotBlank();
  }
}
