package reprise.kernel.jupyter;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.zeromq.ZMQ;

/**
 * The ipc transport. JeroMQ's own "ipc" is TCP in disguise, which no other ZeroMQ can reach; the
 * bytes on a Unix socket and on TCP are the same, though. So the file in the connection file is
 * ours, and each connection to it is passed on to a port of the loopback interface.
 */
final class UnixRelay {
  private static final int BUFFER = 64 << 10;

  private UnixRelay() {}

  static void listen(String file, ZMQ.Socket socket) throws ConnectionFile.Unusable {
    int port = socket.bindToRandomPort("tcp://127.0.0.1");
    try {
      var path = Path.of(file);
      Files.deleteIfExists(path);
      var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(path));
      path.toFile().deleteOnExit();
      Thread.ofVirtual().name("ipc " + file).start(() -> accept(server, port));
    } catch (IOException e) {
      throw new ConnectionFile.Unusable(
          "The kernel cannot listen on ipc://"
              + file
              + " ("
              + e
              + "): the folder must exist and be writable, and the name be shorter than about 100"
              + " characters.",
          e);
    }
  }

  private static void accept(ServerSocketChannel server, int port) {
    try {
      while (true) {
        var client = server.accept();
        var kernel =
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofVirtual().start(() -> pump(client, kernel));
        Thread.ofVirtual().start(() -> pump(kernel, client));
      }
    } catch (IOException e) {
      Log.debug("ipc ends: " + e);
    }
  }

  private static void pump(ByteChannel from, ByteChannel to) {
    var buffer = ByteBuffer.allocate(BUFFER);
    try (from;
        to) {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
    } catch (IOException e) {
      Log.debug("an ipc connection ends: " + e);
    }
  }
}
