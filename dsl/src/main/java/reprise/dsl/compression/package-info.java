/**
 * Information capacity: how much a model compresses a text for its compute. Yuan et al. 2025,
 * "Information Capacity" (arXiv 2511.08066).
 *
 * <p>Reading order: {@link reprise.dsl.compression.Capacity}, {@link
 * reprise.dsl.compression.DecodingCost}, {@link reprise.dsl.compression.NeedsCompressors}, {@link
 * reprise.dsl.compression.InformationCapacity}, {@link
 * reprise.dsl.compression.InformationCapacityResult}; and {@link
 * reprise.dsl.compression.PublishedCapacity} for scores that are published.
 */
package reprise.dsl.compression;
