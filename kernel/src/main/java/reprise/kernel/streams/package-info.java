/** Trains models with parallel streams. */
package reprise.kernel.streams;
