/**
 * The scaling-law family: models of several sizes trained on several amounts of data, a law fitted
 * to their losses.
 *
 * <p>Reading order: {@link reprise.dsl.scaling.NeedsModels}, {@link
 * reprise.dsl.scaling.NeedsCorpus}, {@link reprise.dsl.scaling.NeedsDesign}, {@link
 * reprise.dsl.scaling.ScalingLaw}, {@link reprise.dsl.scaling.ScalingLawResult}.
 */
package reprise.dsl.scaling;
