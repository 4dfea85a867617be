package reprise.kernel.debug;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.tools.attach.AttachNotSupportedException;
import java.io.IOException;

/**
 * Connects JDI to the JVM it runs in. Its agent must have been there from the start, listening on a
 * port of its choice on this machine; it takes one connection, so from then on nobody else gets in.
 */
final class Attachment {
  private static final String AGENT = "-agentlib:jdwp=";

  private Attachment() {}

  /**
   * @throws IOException if this JVM was not started with the flags, or the connection fails
   */
  static VirtualMachine toThisJvm() throws IOException {
    var address = address();
    int colon = address.lastIndexOf(':');
    var connector =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(c -> c.name().equals("com.sun.jdi.SocketAttach"))
            .findFirst()
            .orElseThrow(() -> new IOException("this JDK cannot attach by socket"));
    var arguments = connector.defaultArguments();
    arguments.get("hostname").setValue("127.0.0.1");
    arguments.get("port").setValue(address.substring(colon + 1));
    try {
      return connector.attach(arguments);
    } catch (IllegalConnectorArgumentsException e) {
      throw new IOException("the debugger cannot attach to " + address, e);
    }
  }

  /** Such as {@code dt_socket:127.0.0.1:38013}. */
  private static String address() throws IOException {
    try {
      var self =
          com.sun.tools.attach.VirtualMachine.attach(String.valueOf(ProcessHandle.current().pid()));
      try {
        var address = self.getAgentProperties().getProperty("sun.jdwp.listenerAddress");
        if (address == null) {
          throw new IOException(
              "the JVM was started without "
                  + AGENT
                  + "...; install the kernel with"
                  + " './reprise kernel install --debugger'");
        }
        return address;
      } finally {
        self.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("this JVM does not let itself be attached to", e);
    }
  }
}
