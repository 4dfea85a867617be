/** Where tokens and tables come from: sources, corpora, the data registry's entries. */
package reprise.dsl.data;
