package reprise.kernel.jupyter;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reprise.kernel.debug.Debugger;
import reprise.kernel.shell.Shell;

/** Carries the debugger's messages: requests on the control channel, events to all front ends. */
final class Debugging {
  private static final long START_SECONDS = 30;

  private final Publisher publisher;
  private final CompletableFuture<Debugger> debugger = new CompletableFuture<>();

  /** Events belong to the request that came last. */
  private volatile Message last = Message.NONE;

  Debugging(Publisher publisher) {
    this.publisher = publisher;
  }

  /** Attaches before the first cell; where that fails, requests are told why. */
  void attach(Shell shell) {
    var prefix =
        System.getProperty("java.io.tmpdir") + "/reprise_" + ProcessHandle.current().pid() + "/";
    try {
      debugger.complete(
          Debugger.attach(shell, prefix, event -> publisher.publish(last, "debug_event", event)));
    } catch (IOException e) {
      Log.warn("no debugger", e);
      debugger.completeExceptionally(e);
    }
  }

  JsonObject answer(Message request) {
    last = request;
    try {
      return debugger.get(START_SECONDS, TimeUnit.SECONDS).answer(request.content());
    } catch (ExecutionException e) {
      return refusal(request, String.valueOf(e.getCause().getMessage()));
    } catch (TimeoutException e) {
      return refusal(request, "the shell has not started yet; ask again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refusal(request, "the kernel ends");
    }
  }

  /** Lets cells that stand still go on. */
  void release() {
    debugger.thenAccept(Debugger::release);
  }

  /** The answer of a kernel without debugger. */
  static JsonObject none(Message request) {
    return refusal(
        request,
        "this kernel has no debugger; './reprise kernel install --debugger' installs one that has");
  }

  private static JsonObject refusal(Message request, String reason) {
    var content = new JsonObject();
    content.addProperty("type", "response");
    content.add("request_seq", request.content().get("seq"));
    content.addProperty("success", false);
    content.addProperty("command", request.text("command", ""));
    content.addProperty("message", reason);
    return content;
  }
}
