package reprise.kernel.data;

/** Text as token ids and back. */
public interface Vocabulary {
  /** Number of tokens; ids are 0 to one less. */
  int size();

  /** The tokens of a text. */
  int[] encode(String text);

  /** The text of tokens. */
  String decode(int... tokens);

  /** The token of a full stop, after which a sentence begins; negative where there is none. */
  int fullStop();
}
