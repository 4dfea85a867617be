/** Carries out numeric experiments: a paper adds one function that measures a trial. */
package reprise.kernel.study;
