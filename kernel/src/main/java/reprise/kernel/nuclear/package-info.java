/** Measures how spread out the rows of matrices are, drawn ones and hidden states. */
package reprise.kernel.nuclear;
