package reprise.kernel.jupyter;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The open channels of a kernel. */
final class Comms {
  private static volatile Comms current;

  private final Publisher publisher;
  private final Capture capture;
  private final Map<String, Comm> open = new ConcurrentHashMap<>();
  private final Map<String, Consumer<Comm>> targets = new ConcurrentHashMap<>();

  Comms(Publisher publisher, Capture capture) {
    this.publisher = publisher;
    this.capture = capture;
    current = this;
  }

  static Comms current() {
    if (current == null) {
      throw new NoSuchElementException("comms need a notebook; no kernel is running here");
    }
    return current;
  }

  void target(String name, Consumer<Comm> handler) {
    targets.put(name, handler);
  }

  Comm open(String id, String target, JsonObject data) {
    var comm = new Comm(this, id, target);
    open.put(id, comm);
    send("comm_open", comm, data);
    return comm;
  }

  void close(Comm comm, JsonObject data) {
    if (open.remove(comm.id()) != null) {
      send("comm_close", comm, data);
    }
  }

  void send(String type, Comm comm, JsonObject data) {
    var content = new JsonObject();
    content.addProperty("comm_id", comm.id());
    if (type.equals("comm_open")) {
      content.addProperty("target_name", comm.target());
    }
    content.add("data", data);
    publisher.publish(capture.request(), type, content);
  }

  /** A comm message of the front end. */
  void handle(Message message) {
    var id = message.text("comm_id", "");
    var data =
        message.content().get("data") instanceof JsonObject object ? object : new JsonObject();
    var comm = open.get(id);
    switch (message.type()) {
      case "comm_open" -> opened(id, message.text("target_name", ""), data);
      case "comm_msg" -> {
        if (comm != null) {
          comm.received(data);
        }
      }
      case "comm_close" -> {
        if (comm != null) {
          open.remove(id);
          comm.closed(data);
        }
      }
      default -> Log.debug("not a comm message: " + message.type());
    }
  }

  private void opened(String id, String target, JsonObject data) {
    var comm = new Comm(this, id, target);
    var handler = targets.get(target);
    if (handler == null) {
      // The protocol's answer to a target nobody knows.
      send("comm_close", comm, new JsonObject());
      return;
    }
    open.put(id, comm);
    handler.accept(comm);
    if (!data.isEmpty()) {
      comm.received(data);
    }
  }

  JsonObject info(Message request) {
    var wanted = request.text("target_name", "");
    var list = new JsonObject();
    for (var comm : open.values()) {
      if (wanted.isEmpty() || wanted.equals(comm.target())) {
        var entry = new JsonObject();
        entry.addProperty("target_name", comm.target());
        list.add(comm.id(), entry);
      }
    }
    var content = Content.ok();
    content.add("comms", list);
    return content;
  }
}
