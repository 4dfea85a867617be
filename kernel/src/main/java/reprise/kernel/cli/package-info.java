/** The command line: {@code ./reprise <command>}. Results on standard output, progress on error. */
package reprise.kernel.cli;
