/** Runs on disk: one directory a run, readable without Reprise. */
package reprise.kernel.store;
