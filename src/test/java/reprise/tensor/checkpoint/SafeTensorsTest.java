package reprise.tensor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.tensor.Backend;
import reprise.tensor.Backends;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.Shape;
import reprise.tensor.model.Corpus;
import reprise.tensor.model.Decoder;
import reprise.tensor.model.DecoderConfig;
import reprise.tensor.model.Training;

/** Safetensors files: conversions, damage, shards, checkpoints of sessions. */
@Tag("unit")
class SafeTensorsTest {
  @TempDir Path folder;

  private Path file(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer b = ByteBuffer.allocate(8 + json.length + data.length);
    b.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).put(data);
    Path p = folder.resolve("t" + Math.abs(header.hashCode() + data.length) + ".safetensors");
    return Files.write(p, b.array());
  }

  private static String entry(String dtype, String shape, int from, int to) {
    return "{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(dtype, shape, from, to);
  }

  @Test
  void everyElementTypeBecomesF32() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(51).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(1.5f).putFloat(Float.MIN_VALUE);
    data.putShort((short) 0x3c00).putShort((short) 0x0001).putShort((short) 0xfc00); // F16
    data.putShort((short) 0x3f80).putShort((short) 0xc049); // BF16: 1, -3.140625
    data.putDouble(-0.1).putLong(1L << 40).putInt(-7).putInt(123456789);
    data.put((byte) 200).put((byte) 0).put((byte) 255).put((byte) 1).put((byte) 2);
    data.put((byte) 3).put((byte) 4).put((byte) 5).put((byte) 6);
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},\"f\":"
            + entry("F32", "[2]", 0, 8)
            + ",\"h\":"
            + entry("F16", "[3]", 8, 14)
            + ",\"b\":"
            + entry("BF16", "[1,2]", 14, 18)
            + ",\"d\":"
            + entry("F64", "[]", 18, 26)
            + ",\"l\":"
            + entry("I64", "[1]", 26, 34)
            + ",\"i\":"
            + entry("I32", "[2]", 34, 42)
            + ",\"u\":"
            + entry("U8", "[3,3]", 42, 51)
            + "}   ";
    try (SafeTensors s = SafeTensors.open(file(header, data.array()))) {
      assertThat(s.metadata()).containsEntry("format", "pt");
      assertThat(s.names()).containsExactly("f", "h", "b", "d", "l", "i", "u");
      assertThat(s.floats("f")).containsExactly(1.5f, Float.MIN_VALUE);
      assertThat(s.floats("h")).containsExactly(1, 0x1p-24f, Float.NEGATIVE_INFINITY);
      assertThat(s.floats("b")).containsExactly(1, -3.140625f);
      assertThat(s.floats("d")).containsExactly(-0.1f);
      assertThat(s.shape("d")).isEmpty();
      assertThat(s.floats("l")).containsExactly(0x1p40f);
      assertThat(s.floats("i")).containsExactly(-7, 123456789);
      assertThat(s.ints("i")).containsExactly(-7, 123456789);
      assertThat(s.floats("u")).containsExactly(200, 0, 255, 1, 2, 3, 4, 5, 6);
      assertThat(s.element("b")).isEqualTo(Element.BF16);
      assertThatThrownBy(() -> s.ints("l"))
          .isInstanceOf(DamagedFile.class)
          .hasMessageEndingWith("tensor 'l' has 1099511627776 at 0, beyond 32 bits");
      assertThatThrownBy(() -> s.ints("f")).hasMessageEndingWith("is F32, not integers");
      assertThatThrownBy(() -> s.floats("z")).hasMessageEndingWith("has no tensor 'z'");
    }
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    float[] x = {1, -0f, Float.NaN, Float.POSITIVE_INFINITY, 1e-40f, 7};
    Path p = folder.resolve("w.safetensors");
    Files.writeString(p, "old");
    new SafeTensorsFile()
        .metadata("a \"quoted\" key", "line\nbreak \\ ü")
        .add("x", Shape.of(2, 3), x)
        .add("step", Shape.SCALAR, new int[] {42})
        .write(p);
    assertThat(Files.size(p) % 4).isZero();
    assertThat(ByteBuffer.wrap(Files.readAllBytes(p)).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8)
        .isZero();
    try (SafeTensors s = SafeTensors.open(p)) {
      assertThat(s.floats("x")).isEqualTo(x);
      assertThat(s.shape("x")).containsExactly(2L, 3L);
      assertThat(s.ints("step")).containsExactly(42);
      assertThat(s.metadata()).containsEntry("a \"quoted\" key", "line\nbreak \\ ü");
    }
    try (var files = Files.list(folder)) {
      assertThat(files.toList()).containsExactly(p);
    }
  }

  private void refused(String header, int data, String message) throws IOException {
    Path p = file(header, new byte[data]);
    assertThatThrownBy(() -> SafeTensors.open(p))
        .isInstanceOf(DamagedFile.class)
        .hasMessage(p + ": " + message);
  }

  @Test
  void damageIsNamed() throws IOException {
    refused(
        "{\"a\":" + entry("F31", "[1]", 0, 4) + "}",
        4,
        "tensor 'a': dtype F31 is not one of [F64, F32, F16, BF16, I64, I32, U8]");
    refused(
        "{\"a\":" + entry("F32", "[2]", 0, 4) + "}",
        4,
        "tensor 'a': F32[2] takes 8 bytes, data_offsets give 4");
    refused(
        "{\"a\":" + entry("F32", "[2]", 0, 8) + "}",
        4,
        "tensor 'a': data_offsets [0, 8] are not a range of the 4 bytes of data");
    refused(
        "{\"a\":" + entry("F32", "[4294967296,4294967296]", 0, 4) + "}",
        4,
        "tensor 'a': shape [4294967296, 4294967296] overflows");
    refused(
        "{\"a\":" + entry("F32", "[-1]", 0, 4) + "}",
        4,
        "tensor 'a': shape must be whole numbers from 0, got [-1]");
    refused(
        "{\"a\":" + entry("F32", "[1]", 4, 8) + "}",
        8,
        "tensor 'a' begins at byte 4 of the data, expected 0: no holes and overlaps");
    refused(
        "{\"a\":" + entry("F32", "[1]", 0, 4) + "}",
        8,
        "the tensors end at byte 4 of the data, the file at 8");
    refused("{\"a\":1,\"a\":2}", 0, "header: key \"a\" appears twice, again at character 7");
    refused("{\"a\":[1,]}", 0, "header: expected a value, got ']' at character 8");
    refused("{\"a\":01}", 0, "header: expected '}', got '1' at character 6");
    refused("{\"a\":\"\\x\"}", 0, "header: expected an escape sequence, got 'x' at character 7");
    refused("[".repeat(70), 0, "header: nesting deeper than 64 at character 65");
    refused("[]", 0, "header: expected an object");
    refused("{} x", 0, "header: expected nothing more, got 'x' at character 3");
    refused("{\"__metadata__\":{\"k\":1}}", 0, "header: metadata 'k' is not a string");
    Path tiny = Files.write(folder.resolve("tiny"), new byte[3]);
    assertThatThrownBy(() -> SafeTensors.open(tiny))
        .hasMessage(tiny + ": has 3 bytes, less than the length of a header");
    Path huge =
        Files.write(folder.resolve("huge"), new byte[] {-1, -1, -1, -1, -1, -1, -1, 127, 0});
    assertThatThrownBy(() -> SafeTensors.open(huge))
        .hasMessageContaining("says its header has 9223372036854775807 bytes; the file has 9");
  }

  /** Damaged bytes: either still a sound file or refused by our own exception. */
  @Test
  void mutationsNeverGetThrough() throws IOException {
    Path p = folder.resolve("fuzz.safetensors");
    new SafeTensorsFile()
        .metadata("k", "v")
        .add("layer0.qkv", Shape.of(3, 4), new float[12])
        .add("step", Shape.SCALAR, new int[1])
        .add("b", Shape.of(5), new float[5])
        .write(p);
    byte[] good = Files.readAllBytes(p);
    Random random = new Random(23);
    int refused = 0;
    for (int trial = 0; trial < 3000; trial++) {
      byte[] bad = good.clone();
      for (int k = 0; k <= random.nextInt(3); k++) {
        int at = random.nextInt(random.nextBoolean() ? 8 : bad.length - 72);
        bad[at] =
            random.nextBoolean()
                ? (byte) random.nextInt()
                : (byte) "0123456789{}[],:\"\\-eE".charAt(random.nextInt(21));
      }
      if (random.nextInt(4) == 0) {
        bad = Arrays.copyOf(bad, random.nextInt(bad.length));
      }
      Files.write(p, bad);
      try (SafeTensors s = SafeTensors.open(p)) {
        for (String name : s.names()) {
          assertThat(s.floats(name)).isNotNull();
        }
      } catch (DamagedFile e) {
        refused++;
        assertThat(e.getMessage()).startsWith(p.toString());
      }
    }
    assertThat(refused).isBetween(2000, 2999);
  }

  @Test
  void shardsAreFoundByTheIndex() throws IOException {
    new SafeTensorsFile()
        .add("a", Shape.of(2), new float[] {1, 2})
        .write(folder.resolve("1.safetensors"));
    new SafeTensorsFile()
        .add("b", Shape.of(1), new float[] {3})
        .write(folder.resolve("2.safetensors"));
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(
        index,
        "{\"metadata\":{},\"weight_map\":{\"a\":\"1.safetensors\",\"b\":\"2.safetensors\"}}");
    try (SafeTensors s = SafeTensors.openFolder(folder)) {
      assertThat(s.floats("a")).containsExactly(1, 2);
      assertThat(s.floats("b")).containsExactly(3);
    }
    Files.writeString(index, "{\"weight_map\":{\"a\":\"2.safetensors\"}}");
    assertThatThrownBy(() -> SafeTensors.openFolder(folder))
        .hasMessageEndingWith("2.safetensors: lacks tensor 'a' that the index places here");
    Files.writeString(index, "{\"weight_map\":{\"a\":\"../2.safetensors\"}}");
    assertThatThrownBy(() -> SafeTensors.openFolder(folder))
        .hasMessageEndingWith("tensor 'a': no file name: ../2.safetensors");
    Files.writeString(index, "{\"weight_map\":{\"a\":\"3.safetensors\"}}");
    assertThatThrownBy(() -> SafeTensors.openFolder(folder))
        .hasMessageEndingWith("tensor 'a': no file 3.safetensors");
    Files.delete(index);
    assertThatThrownBy(() -> SafeTensors.openFolder(folder))
        .hasMessageEndingWith("holds neither model.safetensors nor model.safetensors.index.json");
  }

  @Test
  void aSessionGoesOnToTheSameBits() throws IOException {
    Program p =
        Decoder.program(
            DecoderConfig.small(16, 8, 1, 8), Training.small(4, 20, 0.02), Corpus.text(100, 50, 2));
    int[] tokens = new Random(2).ints(100, 0, 16).toArray();
    Path at = folder.resolve("session.safetensors");
    Backend backend = Backends.best();
    String digest;
    try (Session s = backend.open(p, SessionOptions.seed(7))) {
      s.write("train_tokens", tokens);
      s.run("initialise", 1).orThrow();
      s.run("train_step", 5).orThrow();
      SessionFile.save(s, at);
      s.run("train_step", 5).orThrow();
      digest = s.digest();
    }
    try (Session s = backend.open(p, SessionOptions.seed(7))) {
      s.write("train_tokens", tokens);
      SessionFile.restore(s, at);
      assertThat(s.readInts("step")).containsExactly(5);
      s.run("train_step", 5).orThrow();
      assertThat(s.digest()).isEqualTo(digest);
    }
    Program wider =
        Decoder.program(
            DecoderConfig.small(16, 8, 1, 12),
            Training.small(4, 20, 0.02),
            Corpus.text(100, 50, 2));
    try (Session s = backend.open(wider, SessionOptions.seed(7))) {
      assertThatThrownBy(() -> SessionFile.restore(s, at))
          .hasMessageEndingWith("tensor 'embedding' has shape [16, 8], expected [16, 12]");
    }
    try (SafeTensors s = SafeTensors.open(at)) {
      assertThat(s.metadata()).containsEntry("program", "decoder").containsKey("digest");
      assertThat(s.shape("layer0.qkv")).isEqualTo(List.of(8L, 24L));
    }
  }
}
