/** The native backend: lowering to a flat program buffer, the C library, its FFM binding. */
package reprise.tensor.cpu;
