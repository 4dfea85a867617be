/** Descriptions of models: shapes and counts, no weights. */
package reprise.dsl.model;
