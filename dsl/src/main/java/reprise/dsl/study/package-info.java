/**
 * The waist of small numeric experiments: tasks that measure numbers at some settings and seeds,
 * without a model of the families. A paper adds a {@link reprise.dsl.study.Trial}, an experiment, a
 * result of {@link reprise.dsl.study.StudyResult}, and in the kernel one function that measures.
 */
package reprise.dsl.study;
