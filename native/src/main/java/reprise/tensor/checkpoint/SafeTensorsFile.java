package reprise.tensor.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import reprise.tensor.ir.Shape;

/** Writes a safetensors file: all of it or nothing, by a new file and an atomic move. */
public final class SafeTensorsFile {
  private static final int BUFFER = 1 << 20;

  private record Tensor(Shape shape, float[] floats, int[] ints) {
    int length() {
      return floats != null ? floats.length : ints.length;
    }
  }

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  /** Adds an F32 tensor. */
  public SafeTensorsFile add(String name, Shape shape, float[] values) {
    return add(name, new Tensor(shape, values, null));
  }

  /** Adds an I32 tensor. */
  public SafeTensorsFile add(String name, Shape shape, int[] values) {
    return add(name, new Tensor(shape, null, values));
  }

  private SafeTensorsFile add(String name, Tensor t) {
    if (t.length() != t.shape().size()) {
      throw new IllegalArgumentException(
          "tensor " + name + " of shape " + t.shape() + " has " + t.length() + " elements");
    }
    if (name.equals("__metadata__") || tensors.putIfAbsent(name, t) != null) {
      throw new IllegalArgumentException("tensor name '" + name + "' is taken");
    }
    return this;
  }

  /** Adds free text. */
  public SafeTensorsFile metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /** Writes the file; an old one of that name stays whole until the new one is complete. */
  public void write(Path file) throws IOException {
    // not a temporary file of the JDK's: those are for the owner's eyes only
    Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      try (FileChannel out =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        byte[] header = header();
        ByteBuffer head = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
        drain(out, head.putLong(header.length).put(header).flip());
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        for (Tensor t : tensors.values()) {
          write(out, t, buffer);
        }
        out.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** JSON, with spaces to a multiple of eight bytes. */
  private byte[] header() {
    StringBuilder json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      json.append("\"__metadata__\":{");
      json.append(
          metadata.entrySet().stream()
              .map(e -> Json.quote(e.getKey()) + ":" + Json.quote(e.getValue()))
              .collect(Collectors.joining(",")));
      json.append(tensors.isEmpty() ? "}" : "},");
    }
    long at = 0;
    String separator = "";
    for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
      Tensor t = e.getValue();
      long to = at + 4L * t.length();
      json.append(separator).append(Json.quote(e.getKey()));
      json.append(":{\"dtype\":\"").append(t.floats() != null ? "F32" : "I32");
      json.append("\",\"shape\":").append(t.shape());
      json.append(",\"data_offsets\":[").append(at).append(',').append(to).append("]}");
      at = to;
      separator = ",";
    }
    json.append('}');
    int bytes = json.toString().getBytes(StandardCharsets.UTF_8).length;
    json.append(" ".repeat((8 - bytes % 8) % 8));
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(FileChannel out, Tensor t, ByteBuffer buffer) throws IOException {
    for (int i = 0; i < t.length(); i++) {
      if (buffer.remaining() < 4) {
        drain(out, buffer.flip());
        buffer.clear();
      }
      if (t.floats() != null) {
        buffer.putFloat(t.floats()[i]);
      } else {
        buffer.putInt(t.ints()[i]);
      }
    }
    drain(out, buffer.flip());
    buffer.clear();
  }

  private static void drain(FileChannel out, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }
}
