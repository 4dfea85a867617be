/** Quantities with their units and counting rules. Immutable records; no arithmetic surprises. */
package reprise.dsl.unit;
