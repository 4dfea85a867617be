package reprise.kernel.data;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import reprise.dsl.DataMissing;
import reprise.dsl.RunFailure;
import reprise.dsl.data.DataSet;

/**
 * Finds data sets of the registry: the folder that {@code REPRISE_DATA} names, then the cache, then
 * the origin. The checksum is verified every time.
 */
public final class DataSets {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Optional<Path> provided;
  private final Path cache;
  private final boolean network;
  private final Consumer<String> say;
  private final Optional<Path> nodeLocal;

  /**
   * @param provided the folder that {@code REPRISE_DATA} names
   * @param cache where fetched files are kept
   * @param network whether the origin may be asked
   * @param say where a fetch is announced
   */
  public DataSets(Optional<Path> provided, Path cache, boolean network, Consumer<String> say) {
    this(provided, cache, network, say, Optional.empty());
  }

  private DataSets(
      Optional<Path> provided,
      Path cache,
      boolean network,
      Consumer<String> say,
      Optional<Path> nodeLocal) {
    this.provided = provided;
    this.cache = cache;
    this.network = network;
    this.say = say;
    this.nodeLocal = nodeLocal;
  }

  /** The same with a folder on this machine's own disk, into which files are copied by digest. */
  public DataSets nodeLocal(Path folder) {
    return new DataSets(provided, cache, network, say, Optional.of(folder));
  }

  /** From the environment; a fetch is announced on standard error. */
  public static DataSets standard() {
    boolean network = !"off".equals(System.getenv("REPRISE_NETWORK"));
    return new DataSets(
        Home.provided(), Home.data(), network, System.err::println, Home.nodeLocal());
  }

  /**
   * A data set on this machine.
   *
   * @param form which of its files
   * @param path where it lies
   */
  public record Located(DataSet.Form form, Path path) {}

  /**
   * Finds a data set.
   *
   * @throws DataMissing naming the file, where it was looked for, its origin and its licence
   * @throws RunFailure when a file is there but is not the one that the registry describes
   */
  public Located find(DataSet dataSet) {
    List<String> tried = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    provided.ifPresentOrElse(
        p -> {
          folders.add(p);
          folders.add(p.resolve("origin"));
          tried.add("the folder of REPRISE_DATA, " + p);
        },
        () -> tried.add("the folder of REPRISE_DATA, which is not set"));
    folders.add(cache);
    tried.add("the cache, " + cache);
    for (Path folder : folders) {
      for (DataSet.Form form : dataSet.forms()) {
        Path path = folder.resolve(form.file());
        if (Files.isRegularFile(path)) {
          return new Located(form, near(dataSet, form, path));
        }
      }
    }
    return fetch(dataSet, tried);
  }

  // many tasks of a cluster read a file over the network once a node
  private Path near(DataSet dataSet, DataSet.Form form, Path path) {
    if (nodeLocal.isEmpty()) {
      return verified(dataSet, form, path);
    }
    Path copy = nodeLocal.get().resolve("data").resolve(form.sha256()).resolve(form.file());
    try {
      if (Files.isRegularFile(copy) && Sha256.hex(Files.readAllBytes(copy)).equals(form.sha256())) {
        return copy;
      }
      verified(dataSet, form, path);
      Files.createDirectories(copy.getParent());
      Path part = Files.createTempFile(copy.getParent(), "copy", ".part");
      Files.copy(path, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
      return verified(dataSet, form, copy);
    } catch (IOException full) {
      say.accept(
          "no copy of "
              + dataSet.id()
              + " on this node's own disk, it is read where it is: "
              + full);
      return verified(dataSet, form, path);
    }
  }

  private static Path verified(DataSet dataSet, DataSet.Form form, Path path) {
    String sha256;
    try {
      sha256 = Sha256.hex(Files.readAllBytes(path));
    } catch (IOException failure) {
      throw new RunFailure("data set " + dataSet.id() + " cannot be read: " + path, failure);
    }
    if (!sha256.equals(form.sha256())) {
      throw new RunFailure(
          "data set "
              + dataSet.id()
              + ": "
              + path
              + " is not the file the registry describes: SHA-256 "
              + sha256
              + ", expected "
              + form.sha256()
              + "; get it again from "
              + dataSet.origin());
    }
    return path;
  }

  private Located fetch(DataSet dataSet, List<String> tried) {
    if (!network) {
      tried.add("its origin, not asked since REPRISE_NETWORK is off");
      throw missing(dataSet, tried);
    }
    if (dataSet.origin().getPath().matches(".*\\.(tar|tar\\.gz|zip)")) {
      tried.add("its origin, an archive that holds it in another form");
      throw missing(dataSet, tried);
    }
    say.accept(
        "fetching "
            + dataSet.id()
            + " from "
            + dataSet.origin()
            + " (licence: "
            + dataSet.licence()
            + ")");
    DataSet.Form form = dataSet.originForm();
    Path target = cache.resolve(form.file());
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      Files.createDirectories(cache);
      Path part = Files.createTempFile(cache, form.file(), ".part");
      HttpRequest request = HttpRequest.newBuilder(dataSet.origin()).timeout(PATIENCE).build();
      HttpResponse<Path> answer = client.send(request, HttpResponse.BodyHandlers.ofFile(part));
      if (answer.statusCode() != 200) {
        Files.delete(part);
        tried.add("its origin, which answered " + answer.statusCode());
        throw missing(dataSet, tried);
      }
      try {
        verified(dataSet, form, part);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
      return new Located(form, target);
    } catch (IOException unreachable) {
      tried.add("its origin, which cannot be reached (" + unreachable + ")");
      throw missing(dataSet, tried);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RunFailure("fetching " + dataSet.id() + " was interrupted", interrupted);
    }
  }

  private static DataMissing missing(DataSet dataSet, List<String> tried) {
    return new DataMissing(
        "data set "
            + dataSet.id()
            + " is missing: "
            + dataSet.originForm().file()
            + " ("
            + dataSet.citation()
            + "; licence: "
            + dataSet.licence()
            + "). Looked in "
            + String.join("; ", tried)
            + ". Get "
            + dataSet.origin()
            + " and put it into a folder that REPRISE_DATA names");
  }
}
