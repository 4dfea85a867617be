/** Measures of generated text: diversity, repetition, and how much of it is recited. */
package reprise.kernel.generation;
