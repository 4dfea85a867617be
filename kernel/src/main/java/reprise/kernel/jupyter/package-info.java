/**
 * The Jupyter kernel: messaging protocol 5.4 over ZeroMQ, around {@link
 * reprise.kernel.shell.Shell}.
 *
 * <p>In the lineage of IJava and JJava: in-process JShell, magics, {@code display}. Each socket has
 * a thread of its own, none polls in intervals, and the sockets answer before JShell is ready.
 */
package reprise.kernel.jupyter;
