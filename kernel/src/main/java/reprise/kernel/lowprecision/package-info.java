/** Trains decoders in simulated floating-point formats. */
package reprise.kernel.lowprecision;
