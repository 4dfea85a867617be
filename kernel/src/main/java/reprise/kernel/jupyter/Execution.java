package reprise.kernel.jupyter;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import reprise.kernel.display.Display;
import reprise.kernel.display.MimeBundle;
import reprise.kernel.display.Renderers;
import reprise.kernel.shell.Cell;
import reprise.kernel.shell.Failure;
import reprise.kernel.shell.Outcome;
import reprise.kernel.shell.Shell;

/** Runs {@code execute_request}s. */
final class Execution {
  private final Future<Shell> shell;
  private final Publisher publisher;
  private final Capture capture;
  private final History history;
  private final ConcurrentLinkedQueue<String> news = new ConcurrentLinkedQueue<>();
  private int count;

  Execution(Future<Shell> shell, Publisher publisher, Capture capture, History history) {
    this.shell = shell;
    this.publisher = publisher;
    this.capture = capture;
    this.history = history;
  }

  /** Something that the user reads above the output of the next cell. */
  void tell(String text) {
    news.add(text);
  }

  /** Runs the code and returns the content of the reply. */
  JsonObject run(Message request) {
    var code = request.text("code", "");
    boolean silent = request.flag("silent", false);
    boolean store = !silent && request.flag("store_history", true);
    if (store) {
      count++;
    }
    capture.begin(request);
    if (!silent) {
      var input = new JsonObject();
      input.addProperty("code", code);
      input.addProperty("execution_count", count);
      publisher.publish(request, "execute_input", input);
    }
    for (var text = silent ? null : news.poll(); text != null; text = news.poll()) {
      System.err.println(text);
    }
    var question = Question.of(code);
    var result =
        code.isBlank() ? Result.NOTHING : question.map(this::explain).orElseGet(() -> eval(code));
    System.out.flush();
    System.err.flush();
    if (store) {
      history.add(count, code, result.shown().map(MimeBundle::plain));
    }
    if (!silent && question.isEmpty()) {
      result.shown().ifPresent(bundle -> publishResult(request, bundle));
    }
    result.failure().ifPresent(failure -> publishError(request, failure));
    var reply = result.failure().map(Content::error).orElseGet(Content::ok);
    reply.addProperty("execution_count", count);
    reply.add(
        "user_expressions", result.failure().isEmpty() ? expressions(request) : new JsonObject());
    var payload = new JsonArray();
    result
        .shown()
        .filter(bundle -> question.isPresent())
        .map(Execution::page)
        .ifPresent(payload::add);
    reply.add("payload", payload);
    return reply;
  }

  /** What a front end shows in its pager, or below the cell. */
  private static JsonObject page(MimeBundle bundle) {
    var page = Content.bundle(bundle);
    page.remove("metadata");
    page.addProperty("source", "page");
    page.addProperty("start", 0);
    return page;
  }

  /** The reply to a request behind one that failed. */
  JsonObject aborted() {
    var reply = new JsonObject();
    reply.addProperty("status", "aborted");
    reply.addProperty("execution_count", count);
    return reply;
  }

  /** What a cell came to; a failed one may still have shown nothing. */
  private record Result(Optional<MimeBundle> shown, Optional<Failure> failure) {
    static final Result NOTHING = new Result(Optional.empty(), Optional.empty());
  }

  private Result with(Function<Shell, Result> work) {
    Shell ready;
    try {
      ready = shell.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("the kernel is being shut down");
    } catch (ExecutionException e) {
      Log.warn("JShell did not start", e.getCause());
      return failed("Java's shell did not start: " + e.getCause() + "; restart the kernel");
    }
    return work.apply(ready);
  }

  private Result explain(Question question) {
    var name = question.name();
    return with(ready ->
        ready
            .inspect(name, name.length())
            .map(bundle -> new Result(Optional.of(bundle), Optional.empty()))
            .orElseGet(() ->
                failed(
                    "nothing is known of "
                        + name
                        + "; declare it or import its class first, or write it in full,"
                        + " as in java.util.List?")));
  }

  private Result eval(String code) {
    return with(ready -> eval(ready, code));
  }

  private Result eval(Shell ready, String code) {
    var outcome = ready.eval(Cell.of(count, code));
    if (outcome instanceof Outcome.Value(var value)) {
      return Display.isLastId(value) ? Result.NOTHING : rendered(ready, value);
    }
    if (outcome instanceof Outcome.Failed(var failure)) {
      return new Result(Optional.empty(), Optional.of(failure));
    }
    return new Result(
        Optional.empty(),
        outcome instanceof Outcome.Stopped(var failure) ? Optional.of(failure) : Optional.empty());
  }

  private static Result rendered(Shell shell, Object value) {
    var attempt = shell.attempt(() -> Renderers.render(value));
    return new Result(attempt.value(), attempt.failure());
  }

  private static Result failed(String message) {
    return new Result(
        Optional.empty(),
        Optional.of(new Failure("KernelError", message, List.of(message), Optional.empty())));
  }

  private JsonObject expressions(Message request) {
    var values = new JsonObject();
    if (request.content().get("user_expressions") instanceof JsonObject expressions) {
      for (var name : expressions.keySet()) {
        var result = eval(expressions.get(name).getAsString());
        var value =
            result
                .failure()
                .map(Content::error)
                .orElseGet(() -> Content.bundle(result.shown().orElse(MimeBundle.text(""))));
        if (result.failure().isEmpty()) {
          value.addProperty("status", "ok");
        }
        values.add(name, value);
      }
    }
    return values;
  }

  private void publishResult(Message request, MimeBundle bundle) {
    var content = Content.bundle(bundle);
    content.addProperty("execution_count", count);
    content.add("transient", new JsonObject());
    publisher.publish(request, "execute_result", content);
  }

  private void publishError(Message request, Failure failure) {
    var content = Content.error(failure);
    content.remove("status");
    publisher.publish(request, "error", content);
  }
}
