package reprise.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.zip.CRC32C;
import reprise.tensor.Checkpoint;
import reprise.tensor.checkpoint.Element;
import reprise.tensor.checkpoint.SafeTensors;
import reprise.tensor.checkpoint.SafeTensorsFile;
import reprise.tensor.ir.Shape;

/**
 * A {@link Resume} as {@code checkpoint.safetensors}: state tensors under their own names, flat;
 * the trainer's series as {@code series/<name>}; step, seconds, notes and what computed it as
 * metadata. Written whole or not at all.
 */
final class CheckpointFile {
  private static final String SERIES = "series/";
  private static final String NOTE = "note/";

  private CheckpointFile() {}

  static void write(Path file, Resume resume, Computed computed) throws IOException {
    SafeTensorsFile out = new SafeTensorsFile();
    out.metadata("format", "reprise").metadata("step", Integer.toString(resume.step()));
    out.metadata("seconds", Double.toString(resume.seconds()));
    out.metadata("backend", computed.name());
    out.metadata("libraryDigest", computed.backend().libraryDigest());
    resume.notes().forEach((name, text) -> out.metadata(NOTE + name, text));
    resume.state().floats().forEach((name, v) -> out.add(name, Shape.of(v.length), v));
    resume.state().ints().forEach((name, v) -> out.add(name, Shape.of(v.length), v));
    resume
        .series()
        .forEach((name, v) -> {
          if (v.length > 0) {
            out.add(SERIES + name, Shape.of(v.length), v);
          }
        });
    out.metadata("crc32c", check(resume));
    out.write(file);
  }

  // a page that went bad inside a tensor would otherwise go on as wrong numbers
  private static String check(Resume resume) {
    CRC32C crc = new CRC32C();
    ByteBuffer word = ByteBuffer.allocate(1 << 16);
    resume.state().floats().values().forEach(v -> update(crc, word, v.length, floatBits(v)));
    resume.state().ints().values().forEach(v -> update(crc, word, v.length, i -> v[i]));
    resume.series().values().forEach(v -> update(crc, word, v.length, floatBits(v)));
    return Long.toHexString(crc.getValue());
  }

  private static IntUnaryOperator floatBits(float[] values) {
    return i -> Float.floatToRawIntBits(values[i]);
  }

  private static void update(CRC32C crc, ByteBuffer buffer, int length, IntUnaryOperator bits) {
    for (int i = 0; i < length; i++) {
      buffer.putInt(bits.applyAsInt(i));
      if (!buffer.hasRemaining() || i == length - 1) {
        crc.update(buffer.flip());
        buffer.clear();
      }
    }
  }

  /**
   * What was written; empty where there is none or another backend or library wrote it, whose bits
   * would differ.
   *
   * @throws IOException when the file is damaged or cannot be read
   */
  static Optional<Resume> read(Path file, Computed computed) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (SafeTensors in = SafeTensors.open(file)) {
      Map<String, String> about = in.metadata();
      if (!computed.name().equals(about.get("backend"))
          || !computed.backend().libraryDigest().equals(about.get("libraryDigest"))) {
        return Optional.empty();
      }
      Map<String, float[]> floats = new LinkedHashMap<>();
      Map<String, int[]> ints = new LinkedHashMap<>();
      Map<String, float[]> series = new LinkedHashMap<>();
      for (String name : in.names()) {
        if (name.startsWith(SERIES)) {
          series.put(name.substring(SERIES.length()), in.floats(name));
        } else if (in.element(name) == Element.F32) {
          floats.put(name, in.floats(name));
        } else {
          ints.put(name, in.ints(name));
        }
      }
      Map<String, String> notes = new LinkedHashMap<>();
      about.forEach((key, text) -> {
        if (key.startsWith(NOTE)) {
          notes.put(key.substring(NOTE.length()), text);
        }
      });
      Resume resume =
          new Resume(
              Integer.parseInt(about.get("step")),
              Double.parseDouble(about.get("seconds")),
              new Checkpoint(floats, ints),
              series,
              notes);
      if (!check(resume).equals(about.get("crc32c"))) {
        throw new IOException(file + ": its numbers are not those that were written");
      }
      return Optional.of(resume);
    } catch (NumberFormatException | NullPointerException incomplete) {
      throw new IOException(file + " lacks step or seconds in its metadata", incomplete);
    }
  }
}
