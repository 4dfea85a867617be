package reprise.kernel.knowledge;

import reprise.dsl.knowledge.Company;

/**
 * Further people in the tables.
 *
 * @param others how many
 * @param inStep of them in each step
 * @param marked whether the texts of those who count begin with a token of their own
 */
record Crowd(int others, int inStep, boolean marked) {
  /** Nobody else. */
  static final Crowd NONE = new Crowd(0, 0, false);

  /** The company of batches of that many texts. */
  static Crowd of(Company company, int batch) {
    return new Crowd(company.people(), company.perText() * batch, company.marked());
  }
}
