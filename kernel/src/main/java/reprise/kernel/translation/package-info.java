/** Trains encoder-decoders on grammars. */
package reprise.kernel.translation;
