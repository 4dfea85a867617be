/**
 * Hyperfitting (Carlsson et al. 2024, arXiv 2412.04318): a language model fine-tuned on a few
 * windows until its training loss is near zero, and what becomes of the texts it writes.
 *
 * <p>Shortest form:
 *
 * {@snippet lang=java :
 * plan(
 *     hyperfitting(
 *             pretrained(decoder(widths(16)).layers(1).context(128))
 *                 .on(words(PRIDE_AND_PREJUDICE, symbols(200)))
 *                 .tokens(tokens(32_768)))
 *         .samples(8));
 * }
 */
package reprise.dsl.hyperfit;
