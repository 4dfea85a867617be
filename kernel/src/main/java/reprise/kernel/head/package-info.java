/** Measures heads over large vocabularies: memory of the loss, filtered gradients. */
package reprise.kernel.head;
