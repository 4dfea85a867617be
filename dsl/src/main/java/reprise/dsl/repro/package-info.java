/**
 * What a reproduction is: parts at three scales, each bound to the claims it measures.
 *
 * <p>For example:
 *
 * {@snippet lang=java :
 * check(MCDERMOTT_2024, SMOKE).verdicts();
 * }
 */
package reprise.dsl.repro;
