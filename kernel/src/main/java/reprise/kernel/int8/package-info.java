/** Multiplies matrices in eight bits, exactly as integer units do. */
package reprise.kernel.int8;
