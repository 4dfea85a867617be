/** The densing law as an experiment: scores in, densities, their trend and verdicts out. */
package reprise.dsl.densing;
