/**
 * Knowledge capacity: how many bits of facts a model has stored. Allen-Zhu and Li 2024, "Physics of
 * Language Models: Part 3.3, Knowledge Capacity Scaling Laws" (arXiv 2404.05405).
 *
 * <p>Shortest form:
 *
 * {@snippet lang=java :
 * plan(
 *     knowledgeCapacity(PHYSICS_3_3)
 *         .people(20)
 *         .models(gpt2(layers(1), width(16), heads(1)))
 *         .exposures(20));
 * }
 */
package reprise.dsl.knowledge;
