/** Descends on factors of an unknown matrix, in double precision. */
package reprise.kernel.sensing;
