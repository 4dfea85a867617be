package reprise.kernel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.DataMissing;
import reprise.dsl.RunFailure;
import reprise.dsl.data.Columns;
import reprise.dsl.data.DataSet;

@Tag("unit")
class DataSetsTest {
  private static final byte[] CSV =
      "# a comment\nN,D,loss\n1e6,2e7,3.5\n2e6,4e7,3.1\n".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private HttpServer server;
  private Path cache;

  @BeforeEach
  void serve() throws IOException {
    cache = folder.resolve("cache");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/points.csv",
        exchange -> {
          exchange.sendResponseHeaders(200, CSV.length);
          exchange.getResponseBody().write(CSV);
          exchange.close();
        });
    server.createContext(
        "/gone.csv",
        exchange -> {
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private DataSet dataSet(String file) {
    return new DataSet(
        "points",
        "Somebody 2026",
        "CC BY 4.0",
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + file),
        List.of(
            new DataSet.Form(
                "points.csv",
                CSV.length,
                Sha256.hex(CSV),
                new Columns.WithTokens("N", "D", "loss"))));
  }

  private DataSets dataSets(Path provided, boolean network) {
    return new DataSets(Optional.ofNullable(provided), cache, network, said::add);
  }

  @Test
  void theProvidedFolderComesFirst() throws IOException {
    Path provided = Files.createDirectory(folder.resolve("provided"));
    Files.write(provided.resolve("points.csv"), CSV);
    DataSets.Located located = dataSets(provided, false).find(dataSet("points.csv"));
    assertThat(located.path()).isEqualTo(provided.resolve("points.csv"));
    assertThat(said).isEmpty();
    var points = PointTable.read(located.path(), located.form().columns());
    assertThat(points.column("loss").values()).containsExactly(3.5, 3.1);
  }

  /** What a task of a cluster does: the shared file is read once a node, and never trusted. */
  @Test
  void aCopyOnTheNodesOwnDiskIsMadeOnceByDigestAndMadeAgainWhenItIsDamaged() throws IOException {
    Path provided = Files.createDirectory(folder.resolve("provided"));
    Path shared = Files.write(provided.resolve("points.csv"), CSV);
    Path node = folder.resolve("node");
    DataSets near = dataSets(provided, false).nodeLocal(node);
    Path copy = near.find(dataSet("points.csv")).path();
    assertThat(copy)
        .isEqualTo(node.resolve("data").resolve(Sha256.hex(CSV)).resolve("points.csv"))
        .hasBinaryContent(CSV);
    Files.writeString(copy, "N,D,loss\n9,9,9\n");
    assertThat(near.find(dataSet("points.csv")).path()).isEqualTo(copy).hasBinaryContent(CSV);
    Files.writeString(shared, "N,D,loss\n8,8,8\n");
    assertThat(near.find(dataSet("points.csv")).path()).hasBinaryContent(CSV);
    Files.delete(copy);
    assertThatThrownBy(() -> near.find(dataSet("points.csv")))
        .hasMessageContaining("is not the file the registry describes");
    assertThat(said).isEmpty();
    Files.write(shared, CSV);
    Path file = Files.writeString(folder.resolve("in the way"), "");
    assertThat(dataSets(provided, false).nodeLocal(file).find(dataSet("points.csv")).path())
        .isEqualTo(shared);
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("no copy of points on this node's own disk, it is read where it is: ");
  }

  @Test
  void aFetchIsAnnouncedVerifiedAndKept() {
    DataSet dataSet = dataSet("points.csv");
    DataSets.Located first = dataSets(null, true).find(dataSet);
    assertThat(first.path()).isEqualTo(cache.resolve("points.csv")).hasBinaryContent(CSV);
    assertThat(said)
        .containsExactly("fetching points from " + dataSet.origin() + " (licence: CC BY 4.0)");
    server.stop(0);
    assertThat(dataSets(null, true).find(dataSet).path()).isEqualTo(first.path());
    assertThat(said).hasSize(1);
  }

  @Test
  void aFileThatIsNotTheOneDescribedIsRefused() throws IOException {
    Path provided = Files.createDirectory(folder.resolve("provided"));
    Files.writeString(provided.resolve("points.csv"), "N,D,loss\n1,2,3\n");
    assertThatThrownBy(() -> dataSets(provided, true).find(dataSet("points.csv")))
        .isInstanceOf(RunFailure.class)
        .isNotInstanceOf(DataMissing.class)
        .hasMessageContaining("is not the file the registry describes: SHA-256 ")
        .hasMessageContaining(", expected " + Sha256.hex(CSV));
  }

  @Test
  void aMissingDataSetSaysWhatWhereAndWhatToDo() {
    DataSet dataSet = dataSet("gone.csv");
    assertThatThrownBy(() -> dataSets(null, true).find(dataSet))
        .isInstanceOf(DataMissing.class)
        .hasMessage(
            "data set points is missing: points.csv (Somebody 2026; licence: CC BY 4.0). Looked in"
                + " the folder of REPRISE_DATA, which is not set; the cache, "
                + cache
                + "; its origin, which answered 404. Get "
                + dataSet.origin()
                + " and put it into a folder that REPRISE_DATA names");
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void offTheNetworkTheOriginIsNotAsked() {
    assertThatThrownBy(() -> dataSets(null, false).find(dataSet("points.csv")))
        .isInstanceOf(DataMissing.class)
        .hasMessageContaining("not asked since REPRISE_NETWORK is off");
    assertThat(said).isEmpty();
  }

  @Test
  void computeBecomesTokens() throws IOException {
    Path file = folder.resolve("flops.csv");
    Files.writeString(file, "Model Size,Training FLOP,loss\n1e6,1.2e14,3.5\n");
    var points =
        PointTable.read(file, new Columns.WithFlops("Model Size", "Training FLOP", "loss"));
    assertThat(points.column("D").values()).containsExactly(2e7);
  }

  @Test
  void aBadCellIsNamed() throws IOException {
    Path file = folder.resolve("bad.csv");
    Files.writeString(file, "N,D,loss\n1e6,2e7,3.5\n1e6,many,3.5\n");
    assertThatThrownBy(() -> PointTable.read(file, new Columns.WithTokens("N", "D", "loss")))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            "bad.csv, row 3, column D: \"many\" is not a number; write 1.5e9, not 1,5 or 1.5B");
  }
}
