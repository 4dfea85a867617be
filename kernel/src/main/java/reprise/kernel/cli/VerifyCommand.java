package reprise.kernel.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;
import reprise.dsl.plan.Terms;
import reprise.dsl.result.RunOutcome;
import reprise.kernel.data.Home;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.PlanFile;
import reprise.kernel.store.RunCrate;
import reprise.kernel.store.RunStore;
import reprise.kernel.store.StoredRuns;
import reprise.tensor.Backends;

/** {@code ./reprise verify <run>}: runs it once more and compares the bits. */
@Command(
    name = "verify",
    description =
        "Runs a stored run once more and compares digest and loss bit for bit. Exit status 0: the"
            + " same bits, 1: different, 2: it cannot be told. Of a crate, the files are checked first.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  private static final int SAME = 0;
  private static final int DIFFERENT = 1;
  private static final int UNKNOWN = 2;

  @Parameters(
      paramLabel = "<run>",
      description = "plan/id as ./reprise runs ls prints it, or the folder of a crate")
  private String name;

  @Option(names = "--json", description = "one JSON object on standard output")
  private boolean json;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    JsonObject answer = new JsonObject();
    answer.addProperty("run", name);
    int status;
    try {
      status = compare(answer);
    } catch (RunFailure cannot) {
      answer.addProperty("reason", cannot.getMessage());
      status = UNKNOWN;
    }
    String word = List.of("same", "different", "cannot tell").get(status);
    answer.addProperty("answer", word);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer);
    } else {
      out.println(name + ": " + sentence(word, answer));
    }
    out.flush();
    return status;
  }

  private static String sentence(String word, JsonObject answer) {
    return switch (word) {
      case "same" -> "the same bits, digest " + answer.get("digest").getAsString();
      case "different" ->
          "different bits: digest "
              + answer.get("digest").getAsString()
              + " now, "
              + answer.get("recorded").getAsString()
              + " recorded";
      default -> "cannot tell: " + answer.get("reason").getAsString();
    };
  }

  private int compare(JsonObject answer) throws IOException {
    boolean crate = RunCrate.is(Path.of(name));
    StoredRuns.Stored stored =
        crate ? RunCrate.read(Path.of(name)) : new StoredRuns(Home.runs()).one(name);
    JsonObject record = stored.record();
    answer.addProperty("run", crate ? name : stored.name());
    String status = record.get("status").getAsString();
    if (!status.equals("done") && !status.equals("stopped")) {
      throw new RunFailure("the run is " + status + ", not done");
    }
    Plan plan =
        PlanFile.read(
            crate ? stored.folder() : stored.folder().getParent(),
            record.get("plan").getAsString());
    Task task =
        plan.runs().stream()
            .filter(each -> each.id().equals(record.get("id").getAsString()))
            .findFirst()
            .orElseThrow(() -> new RunFailure("its plan has no such run"));
    Path scratch = Files.createTempDirectory("reprise-verify");
    try {
      RunStore store = new RunStore(scratch).withoutIndex();
      LocalEngine engine = new LocalEngine(Backends.best(), store, 1);
      RunOutcome now = engine.work(plan, List.of(task), Terms.PLAIN).getFirst();
      return compare(record, now, engine, answer);
    } finally {
      remove(scratch);
    }
  }

  private static int compare(
      JsonObject record, RunOutcome now, LocalEngine engine, JsonObject answer) {
    String digest = "";
    double loss = Double.NaN;
    if (now.reached().isPresent()) {
      digest = now.reached().get().digest();
      loss = now.reached().get().loss();
    }
    String recorded = record.get("digest").getAsString();
    var before = record.get("loss");
    double lossBefore = before.isJsonNull() ? Double.NaN : before.getAsDouble();
    answer.addProperty("digest", digest);
    answer.addProperty("recorded", recorded);
    if (digest.equals(recorded) && Double.compare(loss, lossBefore) == 0) {
      return SAME;
    }
    var info = engine.backend().info();
    String backend = info.name() + " " + info.instructionSet() + " " + info.precision();
    if (!backend.equals(record.get("backend").getAsString())
        || !info.libraryDigest().equals(record.get("libraryDigest").getAsString())) {
      throw new RunFailure(
          "the bits differ, but it was computed by "
              + record.get("backend").getAsString()
              + " with another library than "
              + backend
              + " here");
    }
    return DIFFERENT;
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
