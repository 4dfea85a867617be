/**
 * Runs cells: JShell in this process, with magics, completion, documentation and errors that name
 * cell, line and column. Knows nothing of Jupyter; {@code Shell.open().eval("1 + 1")} is enough.
 */
package reprise.kernel.shell;
