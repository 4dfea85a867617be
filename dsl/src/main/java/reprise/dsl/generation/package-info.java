/**
 * Language models that write: where they come from, how they decode, what is measured.
 *
 * <p>Shortest form:
 *
 * {@snippet lang=java :
 * plan(
 *     decoding(
 *             pretrained(decoder(widths(16)).layers(1).context(128))
 *                 .on(words(PRIDE_AND_PREJUDICE, symbols(200)))
 *                 .tokens(tokens(32_768)))
 *         .with(greedy(), nucleus(0.9)));
 * }
 */
package reprise.dsl.generation;
