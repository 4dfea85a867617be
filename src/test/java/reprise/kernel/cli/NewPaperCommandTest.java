package reprise.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import reprise.dsl.claim.Verdict;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.dsl.result.Result;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;

/** A paper made from the template compiles, runs, and gets a verdict. */
@Tag("unit")
class NewPaperCommandTest {
  private static final String SERVICE =
      "reproductions/src/main/resources/META-INF/services/reprise.dsl.repro.Reproduction";

  @TempDir private Path root;

  private record Answer(int status, String out, String err) {}

  @BeforeEach
  void sources() throws IOException {
    Files.createDirectories(root.resolve(SERVICE).getParent());
    Files.writeString(root.resolve(SERVICE), "reprise.repro.chinchilla.ChinchillaReproduction\n");
  }

  private Answer make(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--root", root.toString()));
    int status =
        new CommandLine(new NewPaperCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler((failure, command, parsed) -> {
              err.write(failure.getMessage());
              return 1;
            })
            .execute(all.toArray(String[]::new));
    return new Answer(status, out.toString(), err.toString());
  }

  @Test
  void theTemplateCompilesRunsAndIsJudged() throws Exception {
    Answer made = make("my-paper", "--title", "On \"small\" things", "--arxiv", "2501.00001");
    assertThat(made.err()).isEmpty();
    assertThat(made.out())
        .contains("papers/src/main/java/reprise/papers/mypaper/MyPaperCard.java")
        .contains("notebooks/my-paper.ipynb")
        .contains("Next: ./reprise reproduce my-paper --scale smoke");
    assertThat(Files.readString(root.resolve(SERVICE)))
        .isEqualTo(
            "reprise.repro.chinchilla.ChinchillaReproduction\n"
                + "reprise.repro.mypaper.MyPaperReproduction\n");
    JsonObject notebook =
        JsonParser.parseString(Files.readString(root.resolve("notebooks/my-paper.ipynb")))
            .getAsJsonObject();
    assertThat(notebook.getAsJsonArray("cells")).hasSize(5);

    Path classes = compile();
    try (var loader =
        new URLClassLoader(
            new URL[] {classes.toUri().toURL()}, NewPaperCommandTest.class.getClassLoader())) {
      Reproduction reproduction =
          (Reproduction)
              loader
                  .loadClass("reprise.repro.mypaper.MyPaperReproduction")
                  .getDeclaredConstructor()
                  .newInstance();
      assertThat(reproduction.card().citation().title()).isEqualTo("On 'small' things");
      for (Scale scale : Scale.values()) {
        assertThat(reproduction.parts(scale)).as(scale.word()).hasSize(1);
      }
      Verdict verdict = judge(reproduction.parts(Scale.SMOKE).getFirst());
      assertThat(verdict.claim().id()).isEqualTo("trend");
      assertThat(verdict.measured()).isPresent();
    }
  }

  private <R extends Result> Verdict judge(Part<R> part) {
    var engine = new LocalEngine(Backends.best(), new RunStore(root.resolve("runs")), 2);
    R result = part.experiment().result(engine.run(part.experiment().plan()));
    Binding<R> binding = part.bindings().getFirst();
    return binding.claim().rule().judge(binding.claim(), binding.reading().apply(result));
  }

  private Path compile() throws IOException {
    Path classes = Files.createDirectories(root.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-Xlint:all,-path",
                "-Werror",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
    try (Stream<Path> files = Files.walk(root)) {
      files.map(Path::toString).filter(f -> f.endsWith(".java")).forEach(arguments::add);
    }
    var messages = new java.io.ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, messages, messages, arguments.toArray(String[]::new));
    assertThat(status).as(messages.toString(java.nio.charset.StandardCharsets.UTF_8)).isZero();
    return classes;
  }

  @Test
  void aPaperOfTheCatalogueFillsInWhatIsKnown() throws IOException {
    assertThat(make("flatquant").status()).isZero();
    Path card = root.resolve("papers/src/main/java/reprise/papers/flatquant/FlatquantCard.java");
    assertThat(Files.readString(card))
        .contains("\"FlatQuant: Flatness Matters for LLM Quantization\"")
        .contains("2024, \"2410.09426\"")
        .contains("\"quantization\"");
  }

  @Test
  void nothingIsOverwrittenAndBadNamesAreRefused() throws IOException {
    assertThat(make("my-paper").status()).isZero();
    Answer again = make("my-paper");
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err())
        .endsWith(
            "papers/src/main/java/reprise/papers/mypaper/package-info.java is there already;"
                + " choose another name, nothing was written");
    assertThat(make("My Paper").err())
        .isEqualTo(
            "'My Paper': a paper's name is lower-case words joined by '-', such as my-paper");
    assertThat(make("new").err())
        .isEqualTo("'new' is a word of the Java language; choose another name");
    Files.delete(root.resolve(SERVICE));
    assertThat(make("other").err()).contains("does not hold the sources of Reprise");
  }
}
