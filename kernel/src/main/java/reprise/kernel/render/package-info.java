/**
 * How results look: charts as PNG and SVG, tables, the objects of the DSL in a notebook, and the
 * report of a reproduction as HTML, Markdown and JSON.
 */
package reprise.kernel.render;
