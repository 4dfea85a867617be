/**
 * The debugger: the Debug Adapter Protocol, as Jupyter tunnels it through {@code debug_request},
 * answered with the JDK's own debug interface (JDI) attached to this very JVM. Only threads of
 * cells are ever suspended, never the JVM, so the kernel goes on answering.
 */
package reprise.kernel.debug;
