package reprise.dsl.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import reprise.dsl.unit.Numbers;

/** Where a text is read from. */
public sealed interface TextSource {
  /** One line for plans and captions. */
  String label();

  /** The number of distinct characters, the vocabulary of a character model. */
  int characters();

  /** Its length in characters. */
  int length();

  /**
   * A text that ships with Reprise, compressed, with its provenance.
   *
   * @param novel which
   */
  record Shipped(Novel novel) implements TextSource {
    @Override
    public String label() {
      return novel.title();
    }

    @Override
    public int characters() {
      return novel.characters();
    }

    @Override
    public int length() {
      return novel.length();
    }
  }

  /**
   * A UTF-8 file of the user's; counted when named, so that a plan can be costed.
   *
   * @param path where it lies
   * @param characters distinct characters
   * @param length characters
   */
  record File(Path path, int characters, int length) implements TextSource {
    /** Too few characters to train on and hold some out. */
    private static final int SHORTEST = 10_000;

    /**
     * Reads the file once to count it.
     *
     * @throws IllegalArgumentException when it is missing, not UTF-8 or shorter than 10,000
     *     characters
     */
    public static File of(Path path) {
      String text;
      try {
        text = Files.readString(path);
      } catch (NoSuchFileException missing) {
        throw new IllegalArgumentException(
            "text file not found: " + path.toAbsolutePath() + "; give the path of a UTF-8 text");
      } catch (MalformedInputException malformed) {
        throw new IllegalArgumentException(
            "text file is not UTF-8: " + path + "; convert it, for instance with iconv -t utf-8");
      } catch (IOException failure) {
        throw new UncheckedIOException("text file cannot be read: " + path, failure);
      }
      if (text.length() < SHORTEST) {
        throw new IllegalArgumentException(
            "text file is too short to train on: "
                + path
                + " has "
                + Numbers.grouped(text.length())
                + " characters, at least "
                + Numbers.grouped(SHORTEST)
                + " are needed");
      }
      return new File(path, (int) text.chars().distinct().count(), text.length());
    }

    @Override
    public String label() {
      return path.getFileName().toString();
    }
  }
}
