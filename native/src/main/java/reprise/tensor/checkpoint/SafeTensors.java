package reprise.tensor.checkpoint;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tensors by name from a safetensors file, or from the shards that {@code
 * model.safetensors.index.json} lists. Files are mapped, not read: a tensor is converted when it is
 * asked for. The format: eight bytes little-endian length of the header, the header in JSON, the
 * data (github.com/huggingface/safetensors).
 */
public final class SafeTensors implements AutoCloseable {
  /** The format's own limit of a header. */
  static final long MAX_HEADER = 100_000_000;

  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  private record Located(Path file, Header.Entry entry, MemorySegment data) {}

  private final Arena arena = Arena.ofShared();
  private final Map<String, Located> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafeTensors() {}

  /**
   * Opens a file.
   *
   * @throws DamagedFile if it is no sound safetensors file; says where
   */
  public static SafeTensors open(Path file) throws IOException {
    SafeTensors s = new SafeTensors();
    try {
      s.tensors.putAll(s.map(file));
      return s;
    } catch (IOException | RuntimeException | Error e) {
      s.close();
      throw e;
    }
  }

  /** Opens {@code model.safetensors} of a folder, or the shards its index lists. */
  public static SafeTensors openFolder(Path folder) throws IOException {
    Path index = folder.resolve(INDEX);
    if (!Files.exists(index)) {
      Path single = folder.resolve(SINGLE);
      if (!Files.exists(single)) {
        throw new DamagedFile(folder, "holds neither " + SINGLE + " nor " + INDEX);
      }
      return open(single);
    }
    SafeTensors s = new SafeTensors();
    try {
      s.shards(folder, index);
      return s;
    } catch (IOException | RuntimeException | Error e) {
      s.close();
      throw e;
    }
  }

  private void shards(Path folder, Path index) throws IOException {
    Map<Path, Map<String, Located>> opened = new LinkedHashMap<>();
    if (!(jsonObject(index).get("weight_map") instanceof Map<?, ?> weights)) {
      throw new DamagedFile(index, "weight_map is not an object");
    }
    for (Map.Entry<?, ?> e : weights.entrySet()) {
      String tensor = (String) e.getKey();
      if (!(e.getValue() instanceof String name) || !name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
        throw new DamagedFile(index, "tensor '" + tensor + "': no file name: " + e.getValue());
      }
      Path file = folder.resolve(name);
      if (!opened.containsKey(file)) {
        if (!Files.isRegularFile(file)) {
          throw new DamagedFile(index, "tensor '" + tensor + "': no file " + name);
        }
        opened.put(file, map(file));
      }
      Located located = opened.get(file).get(tensor);
      if (located == null) {
        throw new DamagedFile(file, "lacks tensor '" + tensor + "' that the index places here");
      }
      tensors.put(tensor, located);
    }
  }

  /** An object from a file of at most 100 MB. */
  static Map<?, ?> jsonObject(Path file) throws IOException {
    if (Files.size(file) > MAX_HEADER) {
      throw new DamagedFile(file, "is larger than " + MAX_HEADER + " bytes");
    }
    try {
      if (Json.parse(Files.readAllBytes(file)) instanceof Map<?, ?> map) {
        return map;
      }
    } catch (Json.Malformed e) {
      throw new DamagedFile(file, e.getMessage());
    }
    throw new DamagedFile(file, "expected an object");
  }

  private Map<String, Located> map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < 8) {
        throw new DamagedFile(file, "has " + size + " bytes, less than the length of a header");
      }
      MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
      long header = all.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
      if (header < 2 || header > MAX_HEADER || header > size - 8) {
        throw new DamagedFile(
            file,
            "says its header has "
                + Long.toUnsignedString(header)
                + " bytes; the file has "
                + size
                + ", the limit is "
                + MAX_HEADER);
      }
      byte[] json = all.asSlice(8, header).toArray(ValueLayout.JAVA_BYTE);
      Header parsed = Header.parse(file, json, size - 8 - header);
      metadata.putAll(parsed.metadata());
      Map<String, Located> out = new LinkedHashMap<>();
      parsed
          .entries()
          .forEach((name, e) ->
              out.put(
                  name,
                  new Located(file, e, all.asSlice(8 + header + e.from(), e.to() - e.from()))));
      return out;
    }
  }

  /** Names in the order of the header. */
  public Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  /** Free text that stands beside the tensors. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /** Element type of a tensor. */
  public Element element(String name) throws DamagedFile {
    return located(name).entry().element();
  }

  /** Extents of a tensor. */
  public List<Long> shape(String name) throws DamagedFile {
    return located(name).entry().shape();
  }

  private Located located(String name) throws DamagedFile {
    Located l = tensors.get(name);
    if (l == null) {
      Path any = tensors.isEmpty() ? Path.of("-") : tensors.values().iterator().next().file();
      throw new DamagedFile(any, "has no tensor '" + name + "'");
    }
    return l;
  }

  private static int count(Located l, String name) throws DamagedFile {
    if (l.entry().size() > Integer.MAX_VALUE - 8) {
      throw new DamagedFile(
          l.file(), "tensor '" + name + "' has " + l.entry().size() + " elements, too many");
    }
    return (int) l.entry().size();
  }

  /** A tensor as f32: exact from F32, F16, BF16 and U8, rounded to nearest from the others. */
  public float[] floats(String name) throws DamagedFile {
    Located l = located(name);
    float[] out = new float[count(l, name)];
    Element element = l.entry().element();
    for (int i = 0; i < out.length; i++) {
      out[i] = element.floatAt(l.data(), i);
    }
    return out;
  }

  /** A tensor of integers that fit 32 bits. */
  public int[] ints(String name) throws DamagedFile {
    Located l = located(name);
    int[] out = new int[count(l, name)];
    Element element = l.entry().element();
    if (element.ordinal() < Element.I64.ordinal()) {
      throw new DamagedFile(l.file(), "tensor '" + name + "' is " + element + ", not integers");
    }
    for (int i = 0; i < out.length; i++) {
      long v = element.longAt(l.data(), i);
      if (v != (int) v) {
        throw new DamagedFile(
            l.file(), "tensor '" + name + "' has " + v + " at " + i + ", beyond 32 bits");
      }
      out[i] = (int) v;
    }
    return out;
  }

  @Override
  public void close() {
    arena.close();
  }
}
