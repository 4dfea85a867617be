package reprise.kernel.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jshell.JShell;
import reprise.kernel.display.MimeBundle;

/**
 * A Java session: cells run one after the other and see what earlier ones declared.
 *
 * <pre>{@code
 * try (var shell = Shell.open()) {
 *   shell.eval("int n = 20;");
 *   var outcome = shell.eval("n * n");   // Value[value=400]
 * }
 * }</pre>
 *
 * <p>Cells run in this JVM and see its class path. One thread at a time may call {@link #eval}; a
 * running cell may, too. {@link #stop} may be called from anywhere.
 */
public final class Shell implements AutoCloseable {
  private final JShell jshell;
  private final CellControl control;
  private final Magics magics = new Magics();
  private final Evaluation evaluation;
  private final Inspection inspection;
  private final AtomicInteger counter = new AtomicInteger();
  private final TempNames names = new TempNames();
  private final List<Cell> scripts;

  private Shell(ShellOptions options) {
    control = new CellControl(new StopFlag(Shell.class.getClassLoader()), options.timeout());
    scripts = options.startup();
    jshell =
        JShell.builder()
            .executionEngine(control.provider(), Map.of())
            .compilerOptions(options.compilerOptions().toArray(String[]::new))
            .tempVariableNameGenerator(names)
            .fileManager(
                standard -> new ClassFiles(standard, System.getProperty("java.class.path", "")))
            .build();
    evaluation = new Evaluation(this, jshell, control);
    if (!options.classPath().isEmpty()) {
      addToClassPath(options.classPath());
    }
    InCell.use(this);
    inspection = new Inspection(jshell, control.loader(), Startup.imports());
    Startup.imports(jshell);
  }

  /** A shell with the imports of Reprise. */
  public static Shell open() {
    return open(ShellOptions.DEFAULT);
  }

  /** A shell that starts as told. */
  public static Shell open(ShellOptions options) {
    return prepare(options).start();
  }

  /** The longer part of opening a shell, which runs no code of the user; {@link #start} ends it. */
  public static Shell prepare(ShellOptions options) {
    return new Shell(options);
  }

  /** Runs the start-up scripts; after that the shell is ready for cells. Once. */
  public Shell start() {
    Startup.scripts(this, scripts);
    names.begin();
    return this;
  }

  /** Runs the next cell; its number counts from 1. */
  public Outcome eval(String text) {
    return eval(Cell.of(counter.incrementAndGet(), text));
  }

  /** Runs a cell. Never throws for what the cell does. */
  public Outcome eval(Cell cell) {
    return evaluation.eval(cell);
  }

  /**
   * Stops the running cell: native work first (see {@link Cancellation}), then loops, sleeps and
   * waits of the cell's code. Returns at once.
   */
  public void stop() {
    evaluation.endAfterStatement();
    if (!Cancellation.request()) {
      control.stop();
    }
  }

  /**
   * Runs something as a cell runs, so that {@link #stop} reaches it: showing a value calls the
   * user's code.
   *
   * @return the value, or how it failed
   */
  public <T> Attempt<T> attempt(Callable<T> work) {
    return evaluation.attempt(work);
  }

  /** What {@link #attempt} came to: one of the two is there. */
  public record Attempt<T>(Optional<T> value, Optional<Failure> failure) {}

  /** What can stand at the cursor. */
  public Completions complete(String code, int cursor) {
    return Completions.of(this, jshell, code, cursor);
  }

  /** What is known about the name at the cursor. */
  public Optional<MimeBundle> inspect(String code, int cursor) {
    return inspection.of(code, cursor);
  }

  /** Whether the text is a whole cell. */
  public Completeness completeness(String code) {
    return Completeness.of(jshell.sourceCodeAnalysis(), code);
  }

  /** Adds jars or folders to what cells can use. */
  public void addToClassPath(List<Path> paths) {
    for (var path : paths) {
      jshell.addToClasspath(
          path.toAbsolutePath() + (path.toFile().isDirectory() ? File.separator : ""));
    }
  }

  /**
   * Lets JShell begin with a new compiler: one that broke off while it wrote a class refuses
   * whatever comes next. A change of the class path has that effect, and a jar that is on it
   * already changes nothing else.
   */
  void renewCompiler() {
    jshell.addToClasspath(
        System.getProperty("java.class.path", "").split(File.pathSeparator, 2)[0]);
  }

  /** From now on the listener learns of every snippet. */
  public void listen(RunListener listener) {
    evaluation.listen(listener);
  }

  /** The variables of cells, oldest first. */
  public List<Variable> variables() {
    return jshell
        .variables()
        .filter(variable -> jshell.status(variable).isDefined())
        .map(variable -> {
          var type = jshell.sourceCodeAnalysis().wrapper(variable).fullClassName();
          return new Variable(
              variable.name(), variable.typeName(), type, control.value(type, variable.name()));
        })
        .toList();
  }

  /**
   * A variable that a cell has declared.
   *
   * @param className the class that holds it in a static field of its name
   * @param value empty for null
   */
  public record Variable(String name, String type, String className, Optional<Object> value) {}

  /** The magics of this shell; a cell may register its own. */
  public Magics magics() {
    return magics;
  }

  /** The loader that sees the classes of cells and what was added to the class path. */
  public ClassLoader loader() {
    return control.loader();
  }

  @Override
  public void close() {
    stop();
    jshell.close();
  }
}
