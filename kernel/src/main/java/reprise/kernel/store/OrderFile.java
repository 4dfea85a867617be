package reprise.kernel.store;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import reprise.dsl.RunFailure;
import reprise.kernel.data.Sha256;

/** {@code order-<digest>.json} beside a plan: a record for its workers, which may outlive us. */
public final class OrderFile {
  private OrderFile() {}

  /** Writes a record under the digest of its text; the same record is the same file. */
  public static Path write(Path folder, Record order) throws IOException {
    try {
      String text = RecordJson.write(order).toString();
      String digest = Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
      Path file = folder.resolve("order-" + digest + ".json");
      WholeFile.write(file, text);
      return file;
    } catch (RecordJson.Unwritable own) {
      throw new IOException(own.getMessage(), own);
    }
  }

  /**
   * The record in a file.
   *
   * @throws RunFailure when there is none of that kind
   */
  public static <T extends Record> T read(Path file, Class<T> kind) {
    try {
      return kind.cast(RecordJson.read(JsonParser.parseString(Files.readString(file)), kind));
    } catch (IOException | JsonParseException | RecordJson.Unwritable | ClassCastException bad) {
      throw new RunFailure(file + " cannot be read as an order of work: " + bad.getMessage(), bad);
    }
  }
}
