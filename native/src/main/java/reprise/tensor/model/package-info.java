/** Whole models as programs: initialise, train, evaluate. */
package reprise.tensor.model;
