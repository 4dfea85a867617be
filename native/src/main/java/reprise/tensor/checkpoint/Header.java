package reprise.tensor.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of contents of a safetensors file, every entry checked against the file's size. */
record Header(Map<String, Entry> entries, Map<String, String> metadata) {
  /** Where one tensor lies: bytes [from, to) of the data part. */
  record Entry(Element element, List<Long> shape, long from, long to) {
    long size() {
      return (to - from) / element.bytes();
    }
  }

  static Header parse(Path file, byte[] json, long dataBytes) throws DamagedFile {
    Object root;
    try {
      root = Json.parse(json);
    } catch (Json.Malformed e) {
      throw new DamagedFile(file, "header: " + e.getMessage());
    }
    if (!(root instanceof Map<?, ?> map)) {
      throw new DamagedFile(file, "header: expected an object");
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<?, ?> e : map.entrySet()) {
      String name = (String) e.getKey();
      if (name.equals("__metadata__")) {
        metadata.putAll(metadata(file, e.getValue()));
      } else {
        entries.put(name, entry(file, name, e.getValue(), dataBytes));
      }
    }
    covered(file, entries, dataBytes);
    return new Header(entries, metadata);
  }

  private static Map<String, String> metadata(Path file, Object value) throws DamagedFile {
    if (!(value instanceof Map<?, ?> map)) {
      throw new DamagedFile(file, "header: __metadata__ is not an object");
    }
    Map<String, String> out = new LinkedHashMap<>();
    for (Map.Entry<?, ?> e : map.entrySet()) {
      if (!(e.getValue() instanceof String s)) {
        throw new DamagedFile(file, "header: metadata '" + e.getKey() + "' is not a string");
      }
      out.put((String) e.getKey(), s);
    }
    return out;
  }

  private static Entry entry(Path file, String name, Object value, long dataBytes)
      throws DamagedFile {
    if (!(value instanceof Map<?, ?> map)) {
      throw new DamagedFile(file, "tensor '" + name + "': expected an object");
    }
    Element element = null;
    for (Element e : Element.values()) {
      if (e.name().equals(map.get("dtype"))) {
        element = e;
      }
    }
    if (element == null) {
      throw new DamagedFile(
          file,
          "tensor '"
              + name
              + "': dtype "
              + map.get("dtype")
              + " is not one of "
              + List.of(Element.values()));
    }
    List<Long> shape = numbers(file, name, "shape", map.get("shape"));
    List<Long> offsets = numbers(file, name, "data_offsets", map.get("data_offsets"));
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1) || offsets.get(1) > dataBytes) {
      throw new DamagedFile(
          file,
          "tensor '"
              + name
              + "': data_offsets "
              + offsets
              + " are not a range of the "
              + dataBytes
              + " bytes of data");
    }
    long bytes = element.bytes();
    for (long extent : shape) {
      if (extent > 0 && bytes > Long.MAX_VALUE / extent) {
        throw new DamagedFile(file, "tensor '" + name + "': shape " + shape + " overflows");
      }
      bytes *= extent;
    }
    if (bytes != offsets.get(1) - offsets.get(0)) {
      throw new DamagedFile(
          file,
          "tensor '"
              + name
              + "': "
              + element
              + shape
              + " takes "
              + bytes
              + " bytes, data_offsets give "
              + (offsets.get(1) - offsets.get(0)));
    }
    return new Entry(element, shape, offsets.get(0), offsets.get(1));
  }

  private static List<Long> numbers(Path file, String name, String key, Object value)
      throws DamagedFile {
    List<Long> out = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object o : list) {
        if (o instanceof Long n && n >= 0) {
          out.add(n);
        }
      }
      if (out.size() == list.size()) {
        return List.copyOf(out);
      }
    }
    throw new DamagedFile(
        file, "tensor '" + name + "': " + key + " must be whole numbers from 0, got " + value);
  }

  /** The format wants the data covered without holes and overlaps. */
  private static void covered(Path file, Map<String, Entry> entries, long dataBytes)
      throws DamagedFile {
    List<Map.Entry<String, Entry>> sorted = new ArrayList<>(entries.entrySet());
    sorted.sort(
        Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().from())
            .thenComparingLong(e -> e.getValue().to()));
    long at = 0;
    for (Map.Entry<String, Entry> e : sorted) {
      if (e.getValue().from() != at) {
        throw new DamagedFile(
            file,
            "tensor '"
                + e.getKey()
                + "' begins at byte "
                + e.getValue().from()
                + " of the data, expected "
                + at
                + ": no holes and overlaps");
      }
      at = e.getValue().to();
    }
    if (at != dataBytes) {
      throw new DamagedFile(
          file, "the tensors end at byte " + at + " of the data, the file at " + dataBytes);
    }
  }
}
