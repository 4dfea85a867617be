/** The reference backend: plain Java, double precision, written to be obviously right. */
package reprise.tensor.reference;
