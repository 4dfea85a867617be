package reprise.kernel.jupyter;

import com.google.gson.JsonObject;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A channel between a cell and a widget in the front end.
 *
 * <pre>{@code
 * Comm.onOpen("my.target", comm -> comm.onMessage(data -> comm.send(data)));
 * }</pre>
 */
public final class Comm {
  private final Comms comms;
  private final String id;
  private final String target;
  private volatile Consumer<JsonObject> onMessage = data -> {};
  private volatile Consumer<JsonObject> onClose = data -> {};

  Comm(Comms comms, String id, String target) {
    this.comms = comms;
    this.id = id;
    this.target = target;
  }

  /** Opens a channel to a target the front end knows. */
  public static Comm open(String target, JsonObject data) {
    return Comms.current().open(UUID.randomUUID().toString(), Objects.requireNonNull(target), data);
  }

  /** What happens when the front end opens a channel to this target. */
  public static void onOpen(String target, Consumer<Comm> handler) {
    Comms.current().target(target, handler);
  }

  /** What happens when the front end sends data. */
  public Comm onMessage(Consumer<JsonObject> handler) {
    onMessage = Objects.requireNonNull(handler);
    return this;
  }

  /** What happens when the front end closes the channel. */
  public Comm onClose(Consumer<JsonObject> handler) {
    onClose = Objects.requireNonNull(handler);
    return this;
  }

  /** Sends data to the front end. */
  public void send(JsonObject data) {
    comms.send("comm_msg", this, data);
  }

  /** Closes the channel on both sides. */
  public void close(JsonObject data) {
    comms.close(this, data);
  }

  public String id() {
    return id;
  }

  public String target() {
    return target;
  }

  void received(JsonObject data) {
    onMessage.accept(data);
  }

  void closed(JsonObject data) {
    onClose.accept(data);
  }
}
