package reprise.kernel.jupyter;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import reprise.kernel.display.Display;
import reprise.kernel.shell.Shell;

/**
 * The kernel: five sockets, a thread for each. Bound before JShell is there; requests that need it
 * wait, all others are answered at once.
 */
final class Kernel implements AutoCloseable {
  private static final int LINGER_MS = 500;
  private static final int SLOW_READER_MS = 2000;
  private static final long STACK = 64L << 20;

  private final ZMQ.Context context = ZMQ.context(1);
  private final Wire wire;
  private final Publisher publisher;
  private final Capture capture;
  private final Input input;
  private final Comms comms;
  private final History history;
  private final CompletableFuture<Shell> shell = new CompletableFuture<>();
  private final Optional<Debugging> debugging;
  private final Execution execution;
  private final CodeHelp help;
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile boolean closing;

  /** What had come when a cell failed, and is not run. Only the shell thread looks. */
  private List<Message> queued = List.of();

  Kernel(ConnectionFile connection, Path historyFile, boolean debugger)
      throws ConnectionFile.Unusable {
    wire = new Wire(new Signer(connection.scheme(), connection.key()));
    var binding = new Binding(context, connection);
    var shellSocket = binding.bind(SocketType.ROUTER, connection.shell());
    var controlSocket = binding.bind(SocketType.ROUTER, connection.control());
    var stdinSocket = binding.bind(SocketType.ROUTER, connection.stdin());
    var heartbeat = binding.bind(SocketType.REP, connection.heartbeat());
    var iopub = binding.bind(SocketType.PUB, connection.iopub());
    iopub.setXpubNoDrop(true);
    iopub.setSendTimeOut(SLOW_READER_MS);
    publisher = new Publisher(iopub, wire);
    capture = new Capture(publisher);
    input = new Input(stdinSocket, wire, capture);
    comms = new Comms(publisher, capture);
    history = new History(historyFile);
    execution = new Execution(shell, publisher, capture, history);
    help = new CodeHelp(shell);
    debugging = debugger ? Optional.of(new Debugging(publisher)) : Optional.empty();
    thread("heartbeat", () -> echo(heartbeat));
    thread("iopub", publisher);
    thread("control", () -> serve(controlSocket, this::control, s -> {}));
    thread("shell", () -> serve(shellSocket, this::shell, this::abortQueued));
    thread("stdin", input);
    publisher.status(Message.NONE, "starting");
  }

  /** Takes over the streams of this JVM and gets the shell ready. */
  void start(Callable<Shell> open) {
    capture.install();
    System.setIn(input.stream());
    Display.sendTo(new NotebookSink(publisher, capture));
    thread(
        "start-up",
        () -> {
          try {
            var opened = open.call();
            debugging.ifPresent(d -> d.attach(opened));
            shell.complete(opened);
          } catch (ExecutionException e) {
            shell.completeExceptionally(e.getCause());
          } catch (Exception | LinkageError e) {
            shell.completeExceptionally(e);
          }
        });
  }

  /** Says something in the log, and to the user with the first cell. */
  void tell(String news) {
    Log.warn(news);
    execution.tell(news);
  }

  /** Waits for the front end to shut the kernel down. */
  void await() throws InterruptedException {
    end.await();
  }

  private interface Handler {
    void handle(ZMQ.Socket socket, Message request) throws ExecutionException, InterruptedException;
  }

  private void serve(ZMQ.Socket socket, Handler handler, Consumer<ZMQ.Socket> after) {
    try {
      while (!closing) {
        var message = wire.receive(socket);
        if (message.isPresent()) {
          guarded(socket, message.get(), handler);
          after.accept(socket);
        }
      }
    } catch (ZMQException e) {
      Log.debug("a socket was closed: " + e);
    } finally {
      socket.close();
      if (closing) {
        // Only now, as the idle that ends the request has been published.
        end.countDown();
      }
    }
  }

  /** Busy, the answer, idle; whatever goes wrong in between, the kernel goes on. */
  private void guarded(ZMQ.Socket socket, Message request, Handler handler) {
    publisher.status(request, "busy");
    try {
      handler.handle(socket, request);
    } catch (ZMQException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      Log.warn("could not answer " + request.type(), e);
      var type = request.type();
      if (type.endsWith("_request")) {
        var message = "the kernel could not answer " + type + ": " + e;
        reply(socket, request, Content.error("KernelError", message, List.of(message)));
      }
    } finally {
      publisher.status(request, "idle");
    }
  }

  private void shell(ZMQ.Socket socket, Message request)
      throws ExecutionException, InterruptedException {
    capture.begin(request);
    switch (request.type()) {
      case "kernel_info_request" -> reply(socket, request, KernelInfo.reply(debugging.isPresent()));
      case "execute_request" -> execute(socket, request);
      case "complete_request" -> reply(socket, request, help.complete(request));
      case "inspect_request" -> reply(socket, request, help.inspect(request));
      case "is_complete_request" -> reply(socket, request, help.isComplete(request));
      case "history_request" -> reply(socket, request, history.reply(request));
      case "comm_info_request" -> reply(socket, request, comms.info(request));
      case "comm_open", "comm_msg", "comm_close" -> comms.handle(request);
      case "shutdown_request" -> shutdown(socket, request);
      default -> Log.warn("no answer to the unknown message type '" + request.type() + "'");
    }
  }

  private void control(ZMQ.Socket socket, Message request) {
    switch (request.type()) {
      case "kernel_info_request" -> reply(socket, request, KernelInfo.reply(debugging.isPresent()));
      case "interrupt_request" -> {
        stopCell();
        reply(socket, request, Content.ok());
      }
      case "shutdown_request" -> shutdown(socket, request);
      case "debug_request" ->
          reply(
              socket,
              request,
              debugging.map(d -> d.answer(request)).orElseGet(() -> Debugging.none(request)));
      default -> Log.warn("no answer to the unknown message type '" + request.type() + "'");
    }
  }

  /**
   * When a cell fails, what was sent before the front end could know of it is not run. It is taken
   * from the queue before the reply leaves: what comes after the reply was sent knowing.
   */
  private void execute(ZMQ.Socket socket, Message request) {
    var content = execution.run(request);
    if (!content.get("status").getAsString().equals("ok") && request.flag("stop_on_error", true)) {
      queued = waiting(socket);
    }
    reply(socket, request, content);
  }

  private List<Message> waiting(ZMQ.Socket socket) {
    var messages = new ArrayList<Message>();
    var frame = socket.recv(ZMQ.DONTWAIT);
    while (frame != null) {
      wire.rest(socket, frame).ifPresent(messages::add);
      frame = socket.recv(ZMQ.DONTWAIT);
    }
    return messages;
  }

  private void abortQueued(ZMQ.Socket socket) {
    var aborted = queued;
    queued = List.of();
    for (var message : aborted) {
      guarded(
          socket,
          message,
          message.type().equals("execute_request")
              ? (s, m) -> reply(s, m, execution.aborted())
              : this::shell);
    }
  }

  private void reply(ZMQ.Socket socket, Message request, JsonObject content) {
    var type = request.type().replace("_request", "_reply");
    wire.send(socket, Message.to(request, type, content));
  }

  private void shutdown(ZMQ.Socket socket, Message request) {
    var content = Content.ok();
    content.addProperty("restart", request.flag("restart", false));
    reply(socket, request, content);
    publisher.publish(request, "shutdown_reply", content);
    closing = true;
  }

  private static void echo(ZMQ.Socket socket) {
    try {
      while (true) {
        socket.send(socket.recv());
      }
    } catch (ZMQException e) {
      Log.debug("heartbeat ends: " + e);
    } finally {
      socket.close();
    }
  }

  private static void thread(String name, Runnable work) {
    Thread.ofPlatform().name(name).daemon().stackSize(STACK).start(work);
  }

  private void stopCell() {
    if (shell.isDone() && !shell.isCompletedExceptionally()) {
      shell.join().stop();
      // what stands still at a breakpoint would not see it
      debugging.ifPresent(Debugging::release);
    }
  }

  /** Stops the cell, sends what is left and closes the sockets, for a second at most. */
  @Override
  public void close() {
    closing = true;
    stopCell();
    try {
      publisher.close(LINGER_MS);
      input.close();
      var closed = new CountDownLatch(1);
      thread(
          "close",
          () -> {
            context.term();
            closed.countDown();
          });
      if (!closed.await(LINGER_MS, TimeUnit.MILLISECONDS)) {
        Log.debug("some messages may not have left");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end.countDown();
  }
}
