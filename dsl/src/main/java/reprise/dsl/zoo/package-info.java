/**
 * The model-zoo family: small nets over a grid of load, temperature and seeds, the local and global
 * shape of their loss landscapes, and the phase of every cell (Yang et al. 2021, 2107.11228;
 * Schürholt et al. 2025, 2504.18072).
 *
 * <p>Reading order: {@link reprise.dsl.zoo.Phase}, {@link reprise.dsl.zoo.PhaseRule}, {@link
 * reprise.dsl.zoo.ModelZoo}, {@link reprise.dsl.zoo.ZooTask}, {@link reprise.dsl.zoo.ZooResult}.
 *
 * <p>Shortest form:
 *
 * {@snippet lang=java :
 * plan(
 *     modelZoo(PHASE_ZOOS)
 *         .models(mlp(widths(4, 8)))
 *         .data(mnist1d())
 *         .temperature(batches(16, 64)));
 * }
 */
package reprise.dsl.zoo;
