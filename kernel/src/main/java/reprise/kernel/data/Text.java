package reprise.kernel.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;
import reprise.dsl.RunFailure;
import reprise.dsl.data.Novel;
import reprise.dsl.data.TextSource;

/**
 * A text as character tokens: the vocabulary is the sorted set of its characters, the last tenth is
 * held out.
 *
 * @param train token ids of the first nine tenths
 * @param heldOut token ids of the last tenth
 * @param vocabulary the characters, by id
 * @param sha256 of the UTF-8 bytes read
 */
public record Text(int[] train, int[] heldOut, String vocabulary, String sha256) {
  /** One part in this many is held out, at the end. */
  private static final int HELD_OUT = 10;

  /**
   * Reads and tokenises a text.
   *
   * @throws RunFailure when the shipped text is damaged or a file changed since it was named
   */
  public static Text read(TextSource source) {
    byte[] bytes = bytes(source);
    return tokenise(new String(bytes, StandardCharsets.UTF_8), source, Sha256.hex(bytes));
  }

  /**
   * A text as it is.
   *
   * @throws RunFailure when the shipped text is damaged
   */
  public static String content(TextSource source) {
    return new String(bytes(source), StandardCharsets.UTF_8);
  }

  /** The text of tokens. */
  public String content(int... tokens) {
    StringBuilder text = new StringBuilder(tokens.length);
    for (int token : tokens) {
      text.append(vocabulary.charAt(token));
    }
    return text.toString();
  }

  private static byte[] bytes(TextSource source) {
    byte[] bytes =
        switch (source) {
          case TextSource.Shipped shipped -> shipped(shipped.novel());
          case TextSource.File file -> file(file);
        };
    String sha256 = Sha256.hex(bytes);
    if (source instanceof TextSource.Shipped shipped && !sha256.equals(shipped.novel().sha256())) {
      throw new RunFailure(
          "the text of "
              + shipped.label()
              + " is damaged: its SHA-256 is "
              + sha256
              + ", expected "
              + shipped.novel().sha256()
              + "; get Reprise again");
    }
    return bytes;
  }

  private static Text tokenise(String text, TextSource source, String sha256) {
    int[] sorted = text.chars().distinct().sorted().toArray();
    if (sorted.length != source.characters()) {
      throw new RunFailure(
          source.label()
              + " has "
              + sorted.length
              + " distinct characters, the plan was made for "
              + source.characters()
              + "; the file changed: name it again");
    }
    int[] id = new int[Character.MAX_VALUE + 1];
    StringBuilder vocabulary = new StringBuilder();
    for (int i = 0; i < sorted.length; i++) {
      id[sorted[i]] = i;
      vocabulary.append((char) sorted[i]);
    }
    int[] tokens = text.chars().map(c -> id[c]).toArray();
    int split = tokens.length - tokens.length / HELD_OUT;
    return new Text(
        java.util.Arrays.copyOf(tokens, split),
        java.util.Arrays.copyOfRange(tokens, split, tokens.length),
        vocabulary.toString(),
        sha256);
  }

  private static byte[] shipped(Novel novel) {
    try (InputStream raw = Text.class.getResourceAsStream(novel.resource())) {
      if (raw == null) {
        throw new RunFailure(
            "the text of " + novel.title() + " is not on the class path; get Reprise again");
      }
      try (InputStream in = new GZIPInputStream(raw)) {
        return in.readAllBytes();
      }
    } catch (IOException damaged) {
      throw new RunFailure(
          "the text of " + novel.title() + " cannot be unpacked; get Reprise again", damaged);
    }
  }

  private static byte[] file(TextSource.File file) {
    try {
      return Files.readAllBytes(file.path());
    } catch (IOException failure) {
      throw new UncheckedIOException("text file cannot be read: " + file.path(), failure);
    }
  }
}
