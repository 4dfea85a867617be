package reprise.kernel.jupyter;

import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** Opens the sockets a connection file names. */
final class Binding {
  private static final int LINGER_MS = 300;

  private final ZMQ.Context context;
  private final ConnectionFile connection;

  Binding(ZMQ.Context context, ConnectionFile connection) {
    this.context = context;
    this.connection = connection;
  }

  ZMQ.Socket bind(SocketType type, int port) throws ConnectionFile.Unusable {
    var socket = context.socket(type);
    socket.setLinger(LINGER_MS);
    if (connection.ip().contains(":")) {
      socket.setIPv6(true);
    }
    var address = connection.address(port);
    try {
      if (connection.transport().equals("ipc")) {
        UnixRelay.listen(connection.ip() + "-" + port, socket);
      } else {
        socket.bind(address);
      }
      return socket;
    } catch (ZMQException e) {
      throw new ConnectionFile.Unusable(
          "The kernel cannot listen on "
              + address
              + " ("
              + e.getMessage()
              + "): another program may hold that port, or the address is not one of this machine."
              + " Start the kernel again; Jupyter then chooses other ports.",
          e);
    }
  }
}
