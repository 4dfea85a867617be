package reprise.dsl.knowledge;

/** How the matrices of a trained model are kept when its knowledge is read. */
public enum Precision {
  /** As trained. */
  FLOAT32("float32", 32),
  /** Eight bits, one scale for each output, rounded to the nearest. */
  INT8("int8", 8),
  /** Four bits, one scale for each output, rounded to the nearest. */
  INT4("int4", 4),
  /** Eight bits on the same grid, rounded with error feedback (GPTQ, arXiv 2210.17323). */
  GPTQ_INT8("gptq-int8", 8),
  /** Four bits on the same grid, rounded with error feedback (GPTQ, arXiv 2210.17323). */
  GPTQ_INT4("gptq-int4", 4);

  private final String word;
  private final int bits;

  Precision(String word, int bits) {
    this.word = word;
    this.bits = bits;
  }

  /** In frames and plans. */
  public String word() {
    return word;
  }

  /** Whether it is rounded with error feedback. */
  public boolean feedback() {
    return this == GPTQ_INT8 || this == GPTQ_INT4;
  }

  /** Of a weight. */
  public int bits() {
    return bits;
  }
}
