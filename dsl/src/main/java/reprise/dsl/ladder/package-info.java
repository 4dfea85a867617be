/**
 * A ladder of reference models trained here, and the density of other models on it: the two steps
 * of Xiao et al. 2024 (arXiv 2412.04315) at laptop scale.
 *
 * <p>Shortest form:
 *
 * {@snippet lang=java :
 * plan(
 *     densityLadder(decoder(widths(8, 16, 32)).layers(1).context(32))
 *         .corpus(words(PRIDE_AND_PREJUDICE, symbols(400)))
 *         .tokens(tokens(65_536), tokens(131_072)));
 * }
 */
package reprise.dsl.ladder;
