/**
 * The densing law as an experiment: scores in, densities, their trend and verdicts out.
 *
 * <p>Shortest form:
 *
 * {@snippet lang=java :
 * plan(densingLaw(MMLU).scores(OBSSCALING, RELEASES).ruler(LLAMA_1));
 * }
 */
package reprise.dsl.densing;
