/** What came out: runs, results, provenance. */
package reprise.dsl.result;
