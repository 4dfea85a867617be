/**
 * Scaling laws as values: the law, the points, how to fit it, and what came out.
 *
 * <p>Nothing here searches for an optimum; {@code reprise.kernel.analysis} does. A law knows its
 * formula, its constants with units, its counting rule and its gradient, because these are what the
 * paper states.
 */
package reprise.dsl.law;
