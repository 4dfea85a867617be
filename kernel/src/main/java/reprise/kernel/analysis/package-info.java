/**
 * Fitting laws: multi-start L-BFGS, bootstrap, identifiability, IsoFLOP.
 *
 * <p>{@link reprise.kernel.analysis.Fitter} and {@link reprise.kernel.analysis.IsoFlopFitter} turn
 * a plan of {@code reprise.dsl.law} into its result. The same plan and seed give the same result
 * whatever the number of threads.
 */
package reprise.kernel.analysis;
