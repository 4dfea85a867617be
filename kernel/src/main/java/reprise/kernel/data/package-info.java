/** Reads what the descriptions of {@code reprise.dsl.data} name: texts, sources, data sets. */
package reprise.kernel.data;
