package reprise.kernel.jupyter;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A message of the protocol.
 *
 * @param identities the ZeroMQ routing prefix: whom a reply goes to
 * @param parent the header of the message this one answers, or an empty object
 */
record Message(
    List<byte[]> identities,
    JsonObject header,
    JsonObject parent,
    JsonObject metadata,
    JsonObject content,
    List<byte[]> buffers) {
  static final String VERSION = "5.4";
  private static final String SESSION = UUID.randomUUID().toString();
  private static final AtomicLong COUNTER = new AtomicLong();

  /** Stands for the missing request: output of code that no cell started. */
  static final Message NONE =
      new Message(
          List.of(),
          new JsonObject(),
          new JsonObject(),
          new JsonObject(),
          new JsonObject(),
          List.of());

  /** A new message that answers, or follows from, another. */
  static Message to(Message parent, String type, JsonObject content) {
    return new Message(
        parent.identities(), header(type), parent.header(), new JsonObject(), content, List.of());
  }

  Message withMetadata(JsonObject other) {
    return new Message(identities, header, parent, other, content, buffers);
  }

  Message withIdentities(List<byte[]> others) {
    return new Message(others, header, parent, metadata, content, buffers);
  }

  String type() {
    return header.has("msg_type") ? header.get("msg_type").getAsString() : "";
  }

  String id() {
    return header.has("msg_id") ? header.get("msg_id").getAsString() : "";
  }

  /** A field of the content that is text; the default where it is missing. */
  String text(String name, String otherwise) {
    var value = content.get(name);
    return value == null || value.isJsonNull() ? otherwise : value.getAsString();
  }

  boolean flag(String name, boolean otherwise) {
    var value = content.get(name);
    return value == null || value.isJsonNull() ? otherwise : value.getAsBoolean();
  }

  int number(String name, int otherwise) {
    var value = content.get(name);
    return value == null || value.isJsonNull() ? otherwise : value.getAsInt();
  }

  private static JsonObject header(String type) {
    var header = new JsonObject();
    header.addProperty("msg_id", SESSION + "_" + COUNTER.incrementAndGet());
    header.addProperty("session", SESSION);
    header.addProperty("username", "kernel");
    header.addProperty("date", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
    header.addProperty("msg_type", type);
    header.addProperty("version", VERSION);
    return header;
  }
}
