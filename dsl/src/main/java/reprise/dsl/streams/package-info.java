/**
 * Parallel scaling: a window goes through the same weights in several streams at once, against
 * models with more parameters.
 *
 * <p>Reading order: {@link reprise.dsl.streams.NeedsStreams}, {@link
 * reprise.dsl.streams.NeedsCorpus}, {@link reprise.dsl.streams.NeedsTokens}, {@link
 * reprise.dsl.streams.ParallelScaling}, {@link reprise.dsl.streams.ParallelResult}.
 */
package reprise.dsl.streams;
