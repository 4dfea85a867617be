/** Trains small models and replaces a matrix of theirs by a product of thin ones. */
package reprise.kernel.lowrank;
