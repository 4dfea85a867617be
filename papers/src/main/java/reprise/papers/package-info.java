/** What papers say: one package a paper with its card, claims and transcribed tables. */
package reprise.papers;
