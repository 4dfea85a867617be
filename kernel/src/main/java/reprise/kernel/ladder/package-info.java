/** Trains ladders of reference models, asks models cloze questions, and compresses them. */
package reprise.kernel.ladder;
