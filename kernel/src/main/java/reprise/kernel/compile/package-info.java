/** Turns a plan's training tasks into tensor programs with their data. */
package reprise.kernel.compile;
