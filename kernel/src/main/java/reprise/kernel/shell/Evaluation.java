package reprise.kernel.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;
import reprise.kernel.shell.CellControl.Ended;
import reprise.kernel.shell.Origins.Origin;

/**
 * Runs a cell statement by statement. What every cell passes asks {@code instanceof}: the JVM links
 * a {@code switch} on types by making a class, which no start-up cache keeps, and the first cell
 * would wait for each.
 */
final class Evaluation {
  private final Shell shell;
  private final JShell jshell;
  private final CellControl control;
  private final Origins origins = new Origins();
  private final Results results;
  private final RunErrors runErrors = new RunErrors(origins);
  private final Tracing tracing;
  private volatile boolean stopRequested;
  private volatile int depth;

  Evaluation(Shell shell, JShell jshell, CellControl control) {
    this.shell = shell;
    this.jshell = jshell;
    this.control = control;
    this.results = new Results(jshell, control);
    this.tracing = new Tracing(jshell);
  }

  void listen(RunListener listener) {
    tracing.listen(listener);
    control.beforeRun(tracing::beforeRun);
  }

  /** No further statement of the running cell is begun. */
  void endAfterStatement() {
    stopRequested = depth > 0;
    if (stopRequested) {
      control.stopNext();
    }
  }

  Outcome eval(Cell cell) {
    if (depth++ == 0) {
      stopRequested = false;
      control.begin();
      Cancellation.begin();
    }
    try {
      return parts(cell);
    } finally {
      if (--depth == 0) {
        if (!stopRequested) {
          control.settle();
        }
        results.trim();
      }
    }
  }

  private Outcome parts(Cell cell) {
    Outcome last = new Outcome.Done();
    var pending = new LinkedHashMap<Snippet, Origin>();
    for (var part : Parts.of(cell, this::isComplete)) {
      last =
          part instanceof Parts.Part.Code code
              ? code(code, pending)
              : magic((Parts.Part.Call) part);
      if (last instanceof Outcome.Failed || last instanceof Outcome.Stopped) {
        break;
      }
    }
    return last instanceof Outcome.Stopped ? last : unresolved(pending).orElse(last);
  }

  private boolean isComplete(String code) {
    return Completeness.of(jshell.sourceCodeAnalysis(), code).state()
        == Completeness.State.COMPLETE;
  }

  private Outcome code(Parts.Part.Code part, Map<Snippet, Origin> pending) {
    Outcome last = new Outcome.Done();
    var text = part.text();
    int at = 0;
    while (true) {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      var rest = text.substring(at);
      var info = jshell.sourceCodeAnalysis().analyzeCompletion(rest);
      if (info.completeness() == SourceCodeAnalysis.Completeness.EMPTY) {
        return last;
      }
      boolean whole = info.completeness().isComplete();
      if (stopRequested) {
        return stopped(Optional.empty());
      }
      last =
          statement(
              new Origin(part.origin().cell(), part.origin().offset() + at),
              whole ? info.source() : rest,
              pending);
      if (last instanceof Outcome.Failed || last instanceof Outcome.Stopped || !whole) {
        return last;
      }
      at = text.length() - info.remaining().length();
    }
  }

  private Outcome statement(Origin origin, String source, Map<Snippet, Origin> pending) {
    control.take();
    results.reading(source);
    tracing.at(origin);
    var events = jshell.eval(source);
    tracing.look();
    var ended = control.take();
    Outcome outcome = new Outcome.Done();
    for (var event : events) {
      if (event.causeSnippet() != null) {
        noteReset(event);
        continue;
      }
      var snippet = event.snippet();
      origins.put(snippet, origin);
      if (event.status() == Status.REJECTED) {
        return new Outcome.Failed(CompileErrors.of(origin, jshell.diagnostics(snippet).toList()));
      }
      if (event.status() == Status.RECOVERABLE_DEFINED
          || event.status() == Status.RECOVERABLE_NOT_DEFINED) {
        pending.put(snippet, origin);
      }
      if (event.exception() != null) {
        var thrown =
            ended instanceof Ended.Threw(var t) ? Optional.of(t) : Optional.<Throwable>empty();
        return new Outcome.Failed(runErrors.of(jshell, event.exception(), thrown));
      }
      results.add(snippet);
      outcome = outcome(origin, snippet, ended);
    }
    if (events.isEmpty()) {
      return new Outcome.Failed(
          CompileErrors.at(origin, 0, source.strip().length(), "this is not Java"));
    }
    return outcome;
  }

  private Outcome outcome(Origin origin, Snippet snippet, Ended ended) {
    return ended instanceof Ended.Result(var value) && showsValue(snippet)
        ? new Outcome.Value(value)
        : ended instanceof Ended.Result || ended instanceof Ended.Nothing
            ? new Outcome.Done()
            : unusual(origin, ended);
  }

  private Outcome unusual(Origin origin, Ended ended) {
    return switch (ended) {
      case Ended.Result r -> new Outcome.Done();
      case Ended.Nothing n -> new Outcome.Done();
      case Ended.Threw t -> new Outcome.Done();
      case Ended.Stopped s -> stopped(Optional.empty());
      case Ended.Abandoned(var method) -> stopped(Optional.of(method));
      case Ended.TimedOut(var timeout) ->
          new Outcome.Failed(
              CompileErrors.named(
                  "TimeoutError",
                  origin,
                  "stopped after "
                      + timeout.toMillis()
                      + " ms, the limit that IJAVA_TIMEOUT sets for one statement"));
      case Ended.Broken(var reason) ->
          new Outcome.Failed(
              CompileErrors.named(
                  "ShellError", origin, "compiled, but could not be loaded: " + reason));
    };
  }

  private static boolean showsValue(Snippet snippet) {
    return switch (snippet.subKind()) {
      case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> true;
      default -> false;
    };
  }

  /** A variable of a type that was declared again is null from now on: that must not surprise. */
  private static void noteReset(SnippetEvent event) {
    if (event.snippet() instanceof VarSnippet variable
        && event.previousStatus() == Status.VALID
        && event.isSignatureChange()
        && event.causeSnippet() instanceof DeclarationSnippet cause
        && !(cause instanceof VarSnippet)) {
      System.err.println(
          "Note: "
              + variable.name()
              + " has no value any more, because "
              + cause.name()
              + " was declared again; run its cell again.");
    }
  }

  private Optional<Outcome> unresolved(Map<Snippet, Origin> pending) {
    for (var entry : pending.entrySet()) {
      var status = jshell.status(entry.getKey());
      if ((status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED)
          && entry.getKey() instanceof DeclarationSnippet declaration) {
        var missing = jshell.unresolvedDependencies(declaration).toList();
        if (missing.isEmpty()) {
          // It lacks nothing and still cannot be made; kept, it would fail every later cell.
          jshell.drop(declaration);
          shell.renewCompiler();
        }
        return Optional.of(
            new Outcome.Failed(
                CompileErrors.unresolved(entry.getValue(), declaration.name(), missing)));
      }
    }
    return Optional.empty();
  }

  private Outcome magic(Parts.Part.Call call) {
    if (stopRequested) {
      return stopped(Optional.empty());
    }
    var result =
        attempt(() ->
            Optional.ofNullable(
                shell.magics().run(new Magic.Call(shell, call.name(), call.rest(), call.body()))));
    if (result.failure().isPresent()) {
      return stopRequested
          ? new Outcome.Stopped(result.failure().get())
          : new Outcome.Failed(result.failure().get());
    }
    return result
        .value()
        .orElseThrow()
        .<Outcome>map(Outcome.Value::new)
        .orElseGet(Outcome.Done::new);
  }

  <T> Shell.Attempt<T> attempt(Callable<T> work) {
    Ended ended;
    try {
      ended = control.run(work);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = new Ended.Stopped();
    }
    if (ended instanceof Ended.Result(var value)) {
      @SuppressWarnings("unchecked")
      var result = (T) value;
      return new Shell.Attempt<>(Optional.of(result), Optional.empty());
    }
    return switch (ended) {
      case Ended.Result r -> failed(stopFailure(Optional.empty()));
      case Ended.Threw(var thrown) -> failed(RunErrors.outside(thrown));
      case Ended.Abandoned(var method) -> failed(stopFailure(Optional.of(method)));
      case Ended.Stopped s -> failed(stopFailure(Optional.empty()));
      case Ended.Nothing n -> failed(stopFailure(Optional.empty()));
      case Ended.Broken b -> failed(stopFailure(Optional.empty()));
      case Ended.TimedOut t ->
          failed(
              Failure.of(
                  "TimeoutError",
                  "stopped after " + t.timeout().toMillis() + " ms (IJAVA_TIMEOUT)",
                  List.of(Ansi.red("stopped after " + t.timeout().toMillis() + " ms"))));
    };
  }

  private static <T> Shell.Attempt<T> failed(Failure failure) {
    return new Shell.Attempt<>(Optional.empty(), Optional.of(failure));
  }

  private Outcome stopped(Optional<String> inside) {
    stopRequested = true;
    return new Outcome.Stopped(stopFailure(inside));
  }

  private static Failure stopFailure(Optional<String> inside) {
    var message =
        inside
            .map(method ->
                "the cell was left to itself: it is inside "
                    + method
                    + ", which does not look at interrupts, and goes on using a processor;"
                    + " restart the kernel to end it")
            .orElse("the cell was stopped; what ran before stays");
    return Failure.of("Interrupted", message, List.of(Ansi.red("Interrupted") + ": " + message));
  }
}
