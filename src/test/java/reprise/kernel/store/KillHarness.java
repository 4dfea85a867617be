package reprise.kernel.store;

import static reprise.dsl.Reprise.CHINCHILLA;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.markov;
import static reprise.dsl.Reprise.order;
import static reprise.dsl.Reprise.scalingLaw;
import static reprise.dsl.Reprise.symbols;
import static reprise.dsl.Reprise.tokens;
import static reprise.dsl.Reprise.widths;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import reprise.dsl.plan.Plan;
import reprise.dsl.plan.Task;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.run.Watcher;
import reprise.kernel.run.Watchers;
import reprise.tensor.Backends;

/**
 * Kills workers of a sweep with SIGKILL at random moments and looks at the store after each: it
 * opens, every run that had ended is there with its bits, and at the end all digests are those of
 * an undisturbed sweep. When a sweep is complete the next begins in a new store, until all kills
 * are done.
 *
 * <pre>java ... reprise.kernel.store.KillHarness 500</pre>
 *
 * <p>A second argument is the minutes after which it kills no more; the report says how many kills
 * there were, so that several calls add up.
 */
public final class KillHarness {
  private static final long LONGEST_MILLIS = 1500;

  private final Path folder;
  private final Plan plan;
  private final Random random;
  private final Map<String, String> undisturbed = new TreeMap<>();
  private final long end;
  private int killed;
  private int resumed;
  private int sweeps;

  /** What came out. */
  public record Report(int kills, int sweeps, int resumed, double seconds) {}

  /** In an empty folder; the seed decides the moments. */
  public KillHarness(Path folder, long seed) {
    this(folder, seed, Duration.ofDays(1));
  }

  private KillHarness(Path folder, long seed, Duration most) {
    this.folder = folder;
    this.end = System.nanoTime() + most.toNanos();
    this.random = new Random(seed);
    this.plan =
        new Plan(
            "runs to kill",
            scalingLaw(CHINCHILLA)
                .models(decoder(widths(4, 6, 8, 12, 16, 20, 24)).layers(1).context(16))
                .corpus(markov(symbols(32), order(1)))
                .tokens(tokens(400_000))
                .tokensPerStep(tokens(64))
                .plan()
                .runs()
                .subList(0, 5),
            List.of());
  }

  /** Kills so many workers. */
  public static void main(String... args) throws Exception {
    Path folder = Files.createTempDirectory("reprise-kill");
    try {
      Duration most = Duration.ofMinutes(args.length > 1 ? Long.parseLong(args[1]) : 24 * 60);
      System.out.println(
          new KillHarness(folder, System.nanoTime(), most).kill(Integer.parseInt(args[0])));
    } finally {
      StoredRuns.delete(folder);
    }
  }

  /**
   * Kills so many workers.
   *
   * @throws IllegalStateException naming the run that was lost or came out different
   */
  public Report kill(int kills) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Watchers.use(Watcher.SILENT);
    try {
      new LocalEngine(Backends.best(), new RunStore(folder.resolve("undisturbed")), 2).run(plan);
      undisturbed.putAll(ended(new RunStore(folder.resolve("undisturbed"))));
      if (undisturbed.size() != plan.runs().size()) {
        throw new IllegalStateException("the undisturbed sweep ended " + undisturbed);
      }
      while (!enough(kills)) {
        sweep(new RunStore(folder.resolve("sweep-" + ++sweeps)), kills);
      }
    } finally {
      Watchers.use(null);
    }
    return new Report(killed, sweeps, resumed, (System.nanoTime() - start) / 1e9);
  }

  private void sweep(RunStore store, int kills) throws IOException, InterruptedException {
    Path planFolder = store.prepare(plan);
    Map<String, String> before = Map.of();
    while (before.size() < plan.runs().size()) {
      Process worker = worker(planFolder);
      // the last sweep is let come to its end
      boolean toItsEnd = enough(kills);
      long wait = toItsEnd ? 600_000 : 1 + random.nextLong(LONGEST_MILLIS);
      // one in five at any moment of its start, two while runs go on, two after a checkpoint
      int moment = toItsEnd ? 0 : random.nextInt(5);
      if (moment > 0) {
        awaitWork(worker);
      }
      if (moment > 2) {
        wait = 1 + random.nextLong(LONGEST_MILLIS / 10);
        awaitCheckpoint(worker, planFolder);
      }
      boolean done = worker.waitFor(wait, TimeUnit.MILLISECONDS);
      if (!done) {
        worker.destroyForcibly().waitFor();
        killed++;
      }
      Map<String, String> now = ended(store);
      for (String run : before.keySet()) {
        if (!before.get(run).equals(now.get(run))) {
          throw new IllegalStateException("run " + run + " was lost by kill " + killed);
        }
      }
      for (String run : now.keySet()) {
        if (!now.get(run).equals(undisturbed.get(run))) {
          throw new IllegalStateException("run " + run + " has other bits after kill " + killed);
        }
      }
      try (RunIndex index =
          store.index(text -> {
            throw new IllegalStateException(text);
          })) {
        index.refresh();
        long listed = index.all().stream().filter(row -> row.status().equals("done")).count();
        if (listed != now.size()) {
          throw new IllegalStateException("the index lists " + listed + " of " + now.size());
        }
      }
      before = now;
    }
    for (Task task : plan.runs()) {
      String record = Files.readString(store.folder(plan, task).resolve("run.json"));
      resumed += JsonParser.parseString(record).getAsJsonObject().getAsJsonArray("resumed").size();
    }
  }

  private boolean enough(int kills) {
    return killed >= kills || System.nanoTime() > end;
  }

  // a worker says what it does before its first run
  private void awaitWork(Process worker) throws IOException, InterruptedException {
    Path log = folder.resolve("worker.log");
    long before = Files.size(log);
    while (worker.isAlive() && Files.size(log) == before) {
      Thread.sleep(20);
    }
  }

  private void awaitCheckpoint(Process worker, Path planFolder)
      throws IOException, InterruptedException {
    long begun = System.currentTimeMillis();
    while (worker.isAlive()) {
      for (Task task : plan.runs()) {
        Path file = planFolder.resolve(task.id()).resolve("checkpoint.safetensors");
        try {
          if (Files.getLastModifiedTime(file).toMillis() > begun) {
            return;
          }
        } catch (NoSuchFileException none) {
          continue;
        }
      }
      Thread.sleep(20);
    }
  }

  /** Digest, loss and curve of the runs that have ended. */
  private Map<String, String> ended(RunStore store) throws IOException {
    Map<String, String> ended = new TreeMap<>();
    for (Task task : plan.runs()) {
      Path run = store.folder(plan, task);
      if (Files.exists(run.resolve("DONE"))) {
        var json =
            JsonParser.parseString(Files.readString(run.resolve("run.json"))).getAsJsonObject();
        String digest = json.get("digest").getAsString();
        if (!Files.readAllLines(run.resolve("DONE")).getFirst().equals(digest)) {
          throw new IllegalStateException("run " + task.id() + " has two digests");
        }
        ended.put(task.id(), digest + " " + json.get("loss") + " " + json.get("curveLosses"));
      }
    }
    return ended;
  }

  private Process worker(Path planFolder) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "reprise.kernel.cli.Main",
            "worker",
            planFolder.toString(),
            "--threads",
            "2");
    builder.environment().put("REPRISE_CHECKPOINT_SECONDS", "0.1");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("worker.log").toFile()))
        .start();
  }
}
