package reprise.kernel.knowledge;

/**
 * Further people in the training data.
 *
 * @param others how many
 * @param inStep of them in each step
 * @param marked whether the texts of those who count begin with a token of their own
 */
record Company(int others, int inStep, boolean marked) {
  /** Nobody else. */
  static final Company NONE = new Company(0, 0, false);
}
