package reprise.kernel.jupyter;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * The other side: a front end that runs cells and sees what comes back. Used by the bench, by the
 * run that trains the start-up cache, and by the tests.
 */
final class Client implements AutoCloseable {
  private final ZMQ.Context context = ZMQ.context(1);
  private final Wire wire;
  private final Map<ZMQ.Socket, List<Message>> unread = new IdentityHashMap<>();
  private final ZMQ.Socket shell;
  private final ZMQ.Socket control;
  private final ZMQ.Socket stdin;
  private final ZMQ.Socket iopub;
  private final ZMQ.Socket heartbeat;

  /** Thrown when the kernel does not answer in time. */
  static final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoAnswer(String message) {
      super(message);
    }
  }

  /** A reply and what was published on the way, up to idle. */
  record Answer(Message reply, List<Message> published) {
    JsonObject content() {
      return reply.content();
    }

    List<JsonObject> of(String type) {
      return published.stream().filter(m -> m.type().equals(type)).map(Message::content).toList();
    }

    /** All text of a stream. */
    String stream(String name) {
      var text = new StringBuilder();
      for (var content : of("stream")) {
        if (content.get("name").getAsString().equals(name)) {
          text.append(content.get("text").getAsString());
        }
      }
      return text.toString();
    }
  }

  Client(ConnectionFile connection) throws ConnectionFile.Unusable {
    wire = new Wire(new Signer(connection.scheme(), connection.key()));
    var identity =
        UUID.randomUUID().toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    shell = connect(SocketType.DEALER, connection.address(connection.shell()), identity);
    control = connect(SocketType.DEALER, connection.address(connection.control()), identity);
    stdin = connect(SocketType.DEALER, connection.address(connection.stdin()), identity);
    iopub = connect(SocketType.SUB, connection.address(connection.iopub()), null);
    heartbeat = connect(SocketType.REQ, connection.address(connection.heartbeat()), null);
  }

  private ZMQ.Socket connect(SocketType type, String address, byte[] identity) {
    var socket = context.socket(type);
    socket.setLinger(0);
    if (identity != null) {
      socket.setIdentity(identity);
    }
    if (type == SocketType.SUB) {
      socket.subscribe(new byte[0]);
      socket.setHWM(0);
    }
    socket.setReconnectIVL(5);
    socket.connect(address);
    return socket;
  }

  /** A connection to ports that are free now. */
  static ConnectionFile freePorts(String key) throws IOException {
    var sockets = new ArrayList<ServerSocket>();
    try {
      for (int i = 0; i < 5; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      var ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
      return new ConnectionFile(
          "tcp",
          "127.0.0.1",
          ports.get(0),
          ports.get(1),
          ports.get(2),
          ports.get(3),
          ports.get(4),
          "hmac-sha256",
          key);
    } finally {
      for (var socket : sockets) {
        socket.close();
      }
    }
  }

  /** Sends a request on the shell channel and waits for reply and idle. */
  Answer ask(String type, JsonObject content, Duration timeout) {
    return await(shell, send(shell, type, content), timeout);
  }

  /**
   * Waits for the reply alone: what is published at the very start may be gone before this side has
   * subscribed.
   */
  Message askFirst(String type, JsonObject content, Duration timeout) {
    return receive(shell, follows(send(shell, type, content)), timeout, "the reply to " + type);
  }

  /** The same on the control channel. */
  Answer askControl(String type, JsonObject content, Duration timeout) {
    return await(control, send(control, type, content), timeout);
  }

  /** Runs a cell. */
  Answer execute(String code, Duration timeout) {
    return ask("execute_request", code(code), timeout);
  }

  /** The content of a request to run a cell as a notebook does. */
  static JsonObject code(String code) {
    var content = new JsonObject();
    content.addProperty("code", code);
    content.addProperty("silent", false);
    content.addProperty("store_history", true);
    content.add("user_expressions", new JsonObject());
    content.addProperty("allow_stdin", true);
    content.addProperty("stop_on_error", true);
    return content;
  }

  /** Sends without waiting; the id to wait for. */
  Message sendShell(String type, JsonObject content) {
    return send(shell, type, content);
  }

  Answer awaitShell(Message request, Duration timeout) {
    return await(shell, request, timeout);
  }

  /** Sends frames as they are: for messages that are not well formed. */
  void sendRaw(List<byte[]> frames) {
    for (int i = 0; i < frames.size(); i++) {
      shell.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
    }
  }

  /** Waits for the kernel to ask for input and answers. */
  Message answerInput(Message cell, String value, Duration timeout) {
    var question = receive(stdin, follows(cell), timeout, "input_request");
    var content = new JsonObject();
    content.addProperty("value", value);
    send(stdin, "input_reply", content);
    return question;
  }

  /** Nanoseconds of a heartbeat. */
  long beat(Duration timeout) {
    long start = System.nanoTime();
    heartbeat.setReceiveTimeOut((int) timeout.toMillis());
    heartbeat.send("ping");
    if (heartbeat.recv() == null) {
      throw new NoAnswer("no heartbeat within " + timeout);
    }
    return System.nanoTime() - start;
  }

  /** Waits for a published message. */
  Message published(Predicate<Message> wanted, Duration timeout) {
    return receive(iopub, wanted, timeout, "a published message");
  }

  private Message send(ZMQ.Socket socket, String type, JsonObject content) {
    var message = Message.to(Message.NONE, type, content);
    wire.send(socket, message);
    return message;
  }

  private static Predicate<Message> follows(Message request) {
    return m ->
        m.parent().has("msg_id") && m.parent().get("msg_id").getAsString().equals(request.id());
  }

  private Answer await(ZMQ.Socket socket, Message request, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    var ours = follows(request);
    var reply = receive(socket, ours, timeout, "the reply to " + request.type());
    var published = new ArrayList<Message>();
    while (true) {
      var left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
      var message = receive(iopub, ours, left, "idle after " + request.type());
      published.add(message);
      if (message.type().equals("status") && message.text("execution_state", "").equals("idle")) {
        return new Answer(reply, published);
      }
    }
  }

  /** The next message that is wanted; others are kept for who waits for them later. */
  private Message receive(
      ZMQ.Socket socket, Predicate<Message> wanted, Duration timeout, String what) {
    var early = unread.computeIfAbsent(socket, s -> new ArrayList<>());
    for (var message : early) {
      if (wanted.test(message)) {
        early.remove(message);
        return message;
      }
    }
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new NoAnswer("no sign of " + what + " within " + timeout);
      }
      socket.setReceiveTimeOut((int) left);
      var frame = socket.recv();
      if (frame != null) {
        var message = wire.rest(socket, frame);
        if (message.isPresent() && wanted.test(message.get())) {
          return message.get();
        }
        message.ifPresent(early::add);
      }
    }
  }

  @Override
  public void close() {
    List.of(shell, control, stdin, iopub, heartbeat).forEach(ZMQ.Socket::close);
    context.term();
  }
}
