package reprise.kernel.jupyter;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the front end expects the kernel, and the key that signs their messages.
 *
 * @param transport "tcp" or "ipc"
 * @param ip an address, or for ipc the begin of the sockets' file names
 */
record ConnectionFile(
    String transport,
    String ip,
    int shell,
    int iopub,
    int stdin,
    int control,
    int heartbeat,
    String scheme,
    String key) {

  private static final String OPEN_VARIABLE = "REPRISE_KERNEL_OPEN_CONNECTION";

  /** What no one else may do. */
  private static final Set<PosixFilePermission> OPEN =
      Set.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.GROUP_WRITE);

  /** Thrown when the kernel cannot start; the message is for the user. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  static ConnectionFile read(Path file) throws Unusable {
    return read(file, System.getenv());
  }

  static ConnectionFile read(Path file, Map<String, String> environment) throws Unusable {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new Unusable(
          "The connection file "
              + file
              + " cannot be read ("
              + e
              + "). Jupyter writes it and names it when it starts a kernel; check its path and that"
              + " this user may read it.",
          e);
    }
    refuseOpen(file, environment);
    try {
      return of(JsonParser.parseString(text).getAsJsonObject());
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      throw new Unusable(file + " is not a connection file of Jupyter: " + e.getMessage(), e);
    }
  }

  static ConnectionFile of(JsonObject json) throws Unusable {
    var transport = json.has("transport") ? json.get("transport").getAsString() : "tcp";
    if (!transport.equals("tcp") && !transport.equals("ipc")) {
      throw new Unusable(
          "The connection file asks for the transport '"
              + transport
              + "'; this kernel knows tcp and ipc.",
          null);
    }
    return new ConnectionFile(
        transport,
        text(json, "ip"),
        port(json, "shell_port"),
        port(json, "iopub_port"),
        port(json, "stdin_port"),
        port(json, "control_port"),
        port(json, "hb_port"),
        json.has("signature_scheme") ? json.get("signature_scheme").getAsString() : "hmac-sha256",
        json.has("key") ? json.get("key").getAsString() : "");
  }

  JsonObject toJson() {
    var json = new JsonObject();
    json.addProperty("transport", transport);
    json.addProperty("ip", ip);
    json.addProperty("shell_port", shell);
    json.addProperty("iopub_port", iopub);
    json.addProperty("stdin_port", stdin);
    json.addProperty("control_port", control);
    json.addProperty("hb_port", heartbeat);
    json.addProperty("signature_scheme", scheme);
    json.addProperty("key", key);
    return json;
  }

  /** The address of a port as ZeroMQ writes it. */
  String address(int port) {
    return transport.equals("ipc") ? "ipc://" + ip + "-" + port : "tcp://" + ip + ":" + port;
  }

  private static String text(JsonObject json, String name) throws Unusable {
    if (!json.has(name)) {
      throw new Unusable("The connection file has no '" + name + "'.", null);
    }
    return json.get(name).getAsString();
  }

  private static int port(JsonObject json, String name) throws Unusable {
    try {
      return Integer.parseInt(text(json, name));
    } catch (NumberFormatException e) {
      throw new Unusable(
          "'" + name + "' in the connection file is '" + json.get(name) + "', not a number.", e);
    }
  }

  /** Writes it as Jupyter does: for this user alone. */
  void write(Path file) throws IOException {
    Files.deleteIfExists(file);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, toJson().toString());
  }

  /**
   * Who has the key runs code as this user, and who may write the file chooses the key. Jupyter
   * writes it with mode 600, so a file that is open was made by something else, or changed.
   */
  private static void refuseOpen(Path file, Map<String, String> environment) throws Unusable {
    try {
      var permissions = Files.getPosixFilePermissions(file);
      var open = new TreeSet<>(OPEN);
      open.retainAll(permissions);
      if (open.isEmpty()) {
        return;
      }
      var message =
          file
              + " has the key to this kernel and is open to other users of this machine ("
              + PosixFilePermissions.toString(permissions)
              + "): whoever has the key runs code as you.";
      if (!"allow".equals(environment.get(OPEN_VARIABLE))) {
        throw new Unusable(
            message
                + " The kernel does not start. Close the file with 'chmod 600 "
                + file
                + "'; where no one else is on the machine, as in a container, set "
                + OPEN_VARIABLE
                + "=allow.",
            null);
      }
      Log.warn(message + " Started all the same, as " + OPEN_VARIABLE + "=allow.");
    } catch (IOException | UnsupportedOperationException e) {
      Log.debug("the permissions of " + file + " are not known here: " + e);
    }
  }
}
