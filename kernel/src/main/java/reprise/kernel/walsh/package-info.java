/** Recovers sparse Walsh-Hadamard transforms by aliasing and peeling. */
package reprise.kernel.walsh;
