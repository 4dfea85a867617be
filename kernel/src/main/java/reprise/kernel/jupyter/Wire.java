package reprise.kernel.jupyter;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.zeromq.ZMQ;

/** Reads and writes messages: identities, delimiter, signature, four JSON parts, buffers. */
final class Wire {
  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .serializeNulls()
          .serializeSpecialFloatingPointValues()
          .create();

  private final Signer signer;

  Wire(Signer signer) {
    this.signer = signer;
  }

  /** Waits for a message; empty for one that is malformed or not signed with our key. */
  Optional<Message> receive(ZMQ.Socket socket) {
    return rest(socket, socket.recv());
  }

  /** The message that begins with a frame already received. */
  Optional<Message> rest(ZMQ.Socket socket, byte[] first) {
    var frames = new ArrayList<byte[]>();
    frames.add(first);
    while (socket.hasReceiveMore()) {
      frames.add(socket.recv());
    }
    return decode(frames);
  }

  /** Sends a message; false where the socket would not take it within its time-out. */
  boolean send(ZMQ.Socket socket, Message message) {
    var frames = encode(message);
    for (int i = 0; i < frames.size(); i++) {
      if (!socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0)) {
        return false;
      }
    }
    return true;
  }

  List<byte[]> encode(Message message) {
    var parts =
        List.of(
            bytes(message.header()),
            bytes(message.parent()),
            bytes(message.metadata()),
            bytes(message.content()));
    var frames = new ArrayList<byte[]>(message.identities());
    frames.add(DELIMITER);
    frames.add(signer.sign(parts));
    frames.addAll(parts);
    frames.addAll(message.buffers());
    return frames;
  }

  Optional<Message> decode(List<byte[]> frames) {
    int at = 0;
    while (at < frames.size() && !Arrays.equals(frames.get(at), DELIMITER)) {
      at++;
    }
    if (frames.size() < at + 6) {
      Log.warn(
          "dropped a message of "
              + frames.size()
              + " frames: the delimiter and six parts belong"
              + " to one");
      return Optional.empty();
    }
    var parts = frames.subList(at + 2, at + 6);
    if (!signer.verifies(frames.get(at + 1), parts)) {
      Log.warn("dropped a message whose signature does not fit the key of the connection file");
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Message(
              List.copyOf(frames.subList(0, at)),
              json(parts.get(0)),
              json(parts.get(1)),
              json(parts.get(2)),
              json(parts.get(3)),
              List.copyOf(frames.subList(at + 6, frames.size()))));
    } catch (JsonParseException | IllegalStateException | StackOverflowError e) {
      Log.warn("dropped a message that is not JSON objects", e);
      return Optional.empty();
    }
  }

  private static JsonObject json(byte[] part) {
    return JsonParser.parseString(new String(part, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  private static byte[] bytes(JsonObject json) {
    return GSON.toJson(json).getBytes(StandardCharsets.UTF_8);
  }
}
