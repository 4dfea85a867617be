/**
 * The scaling-law family: models of several sizes trained on several amounts of data, a law fitted
 * to their losses.
 *
 * <p>Reading order: {@link reprise.dsl.scaling.NeedsModels}, {@link
 * reprise.dsl.scaling.NeedsCorpus}, {@link reprise.dsl.scaling.NeedsDesign}, {@link
 * reprise.dsl.scaling.ScalingLaw}, {@link reprise.dsl.scaling.ScalingLawResult}.
 *
 * <p>Shortest form:
 *
 * {@snippet lang=java :
 * run(
 *     scalingLaw(CHINCHILLA)
 *         .models(decoder(widths(4, 8, 16)).layers(1).context(16))
 *         .corpus(markov(symbols(32), order(1)))
 *         .tokens(tokens(8_192), tokens(16_384), tokens(32_768)));
 * }
 */
package reprise.dsl.scaling;
