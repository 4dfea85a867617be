/** Fitting a law to published points: a data set of the registry or anyone's CSV. */
package reprise.dsl.fit;
