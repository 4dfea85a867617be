package reprise.dsl.data;

/** The public-domain texts that ship with Reprise. */
public enum Novel {
  /** Jane Austen, 1813; the author died in 1817, public domain everywhere. */
  PRIDE_AND_PREJUDICE(
      "Pride and Prejudice",
      "pride-and-prejudice.txt.gz",
      "dfc684d4f857fa938268f9ab9c5567b64bd0691251eca959644adeabe6287a4d",
      75,
      684_768);

  private final String title;
  private final String resource;
  private final String sha256;
  private final int characters;
  private final int length;

  Novel(String title, String resource, String sha256, int characters, int length) {
    this.title = title;
    this.resource = resource;
    this.sha256 = sha256;
    this.characters = characters;
    this.length = length;
  }

  public String title() {
    return title;
  }

  /** The resource's name beside the loader. */
  public String resource() {
    return resource;
  }

  /** Checksum of the uncompressed text. */
  public String sha256() {
    return sha256;
  }

  /** The number of distinct characters, the vocabulary of a character model. */
  public int characters() {
    return characters;
  }

  /** Its length in characters. */
  public int length() {
    return length;
  }
}
