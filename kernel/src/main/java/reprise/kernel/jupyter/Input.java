package reprise.kernel.jupyter;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * The stdin channel: asks the front end for a line when a cell reads {@code System.in}. The socket
 * belongs to a thread of its own, as an interrupt of the reading cell would break it.
 */
final class Input implements Runnable {
  private static final int POLL_MS = 50;

  private final ZMQ.Socket socket;
  private final Wire wire;
  private final Capture capture;
  private final LinkedBlockingQueue<Question> questions = new LinkedBlockingQueue<>();
  private volatile Thread asking;

  private record Question(Message request, CompletableFuture<String> answer) {}

  Input(ZMQ.Socket socket, Wire wire, Capture capture) {
    this.socket = socket;
    this.wire = wire;
    this.capture = capture;
  }

  /** Waits for a line the user types. */
  String ask(String prompt, boolean password) throws IOException {
    var request = capture.request();
    if (!request.flag("allow_stdin", false)) {
      throw new IOException(
          "this front end cannot be asked for input; put the value into the cell instead");
    }
    System.out.flush();
    var content = new JsonObject();
    content.addProperty("prompt", prompt);
    content.addProperty("password", password);
    var question =
        new Question(Message.to(request, "input_request", content), new CompletableFuture<>());
    questions.add(question);
    try {
      return question.answer().get();
    } catch (InterruptedException e) {
      question.answer().cancel(false);
      throw (IOException)
          new InterruptedIOException("stopped while waiting for input").initCause(e);
    } catch (ExecutionException | CancellationException e) {
      throw new IOException("the front end did not answer", e);
    }
  }

  @Override
  public void run() {
    asking = Thread.currentThread();
    try {
      while (true) {
        var question = questions.take();
        drain();
        wire.send(socket, question.request());
        await(question);
      }
    } catch (ZMQException | InterruptedException e) {
      Log.debug("stdin ends: " + e);
    } finally {
      socket.close();
    }
  }

  /** Ends the thread, which no end of the sockets' context would wake. */
  void close() {
    var thread = asking;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** An answer to a question that was given up must not answer the next one. */
  private void drain() {
    while (socket.recv(ZMQ.DONTWAIT) != null) {
      Log.debug("dropped a late answer");
    }
  }

  private void await(Question question) {
    socket.setReceiveTimeOut(POLL_MS);
    while (!question.answer().isDone()) {
      receive()
          .filter(message -> message.type().equals("input_reply"))
          .ifPresent(message -> question.answer().complete(message.text("value", "")));
    }
  }

  private Optional<Message> receive() {
    var frame = socket.recv();
    return frame == null ? Optional.empty() : wire.rest(socket, frame);
  }

  /** {@code System.in} for cells: a line at a time. */
  InputStream stream() {
    return new InputStream() {
      private byte[] line = {};
      private int at;

      @Override
      public synchronized int read() throws IOException {
        fill();
        return line[at++] & 0xFF;
      }

      @Override
      public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        fill();
        int count = Math.min(length, line.length - at);
        System.arraycopy(line, at, bytes, offset, count);
        at += count;
        return count;
      }

      @Override
      public synchronized int available() {
        return line.length - at;
      }

      private void fill() throws IOException {
        if (at == line.length) {
          line = (ask("", false) + "\n").getBytes(StandardCharsets.UTF_8);
          at = 0;
        }
      }
    };
  }
}
