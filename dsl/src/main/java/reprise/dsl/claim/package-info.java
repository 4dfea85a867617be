/**
 * What a paper claims, the rule that decides, and the verdict.
 *
 * <p>For example:
 *
 * {@snippet lang=java :
 * var claim = Claim.paper(
 *     "equal-scaling",
 *     "Optimal size grows as the square root of compute.",
 *     Expected.number(0.5, "exponent", "table 2"),
 *     Rules.intervalContainsClaim());
 * claim.rule().judge(
 *     claim, Measured.of(0.51, new Interval(0.48, 0.55, 0.95, "bootstrap"), "toy")).line();
 * }
 */
package reprise.dsl.claim;
