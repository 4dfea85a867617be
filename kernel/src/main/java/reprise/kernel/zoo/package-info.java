/**
 * Trains model zoos and measures their loss landscapes: {@link reprise.kernel.zoo.CellTraining}
 * trains the seeds of a cell as one native group, {@link reprise.kernel.zoo.LandscapeProgram} and
 * {@link reprise.kernel.zoo.LandscapeProbe} measure single models, {@link
 * reprise.kernel.zoo.PairProbe} what lies between two.
 */
package reprise.kernel.zoo;
