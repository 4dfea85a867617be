/** The shell script {@code ./reprise}, run against machines made of folders and tiny scripts. */
package reprise.launcher;
