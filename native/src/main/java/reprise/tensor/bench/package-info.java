/** Benchmarks with the options and JSON keys of the peer programs they are compared with. */
package reprise.tensor.bench;
