package reprise.kernel.store;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * {@code index.db}: the runs of a store in SQLite (WAL), so that they are listed without reading
 * their directories. The directories are the truth: the index can be thrown away and made again.
 * Safe for several processes on a local disk; on a network file system leave it to one.
 */
public final class RunIndex implements AutoCloseable {
  private static final String FILE = "index.db";
  private static final int VERSION = 1;

  /** Runs that nothing changes any more. */
  private static final Set<String> ENDED = Set.of("done", "stopped");

  private static final String COLUMNS =
      "plan, id, title, kind, status, started, seconds, loss, steps, seed, flops, digest, backend,"
          + " paper, failed, fields";
  private static final String PUT =
      "INSERT OR REPLACE INTO runs(" + COLUMNS + ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

  private final Path root; // null for the index that keeps nothing
  private final Consumer<String> warn;
  private String address;
  private Connection connection;
  private boolean broken;

  private RunIndex(Path root, Consumer<String> warn) {
    this.root = root;
    this.warn = warn;
    this.address = root == null ? "" : "jdbc:sqlite:" + root.resolve(FILE);
  }

  /** The index of a store; opened when first used. Tells {@code warn} once when it cannot be. */
  public static RunIndex of(Path root, Consumer<String> warn) {
    return new RunIndex(root, warn);
  }

  /** An index that keeps nothing. */
  static RunIndex none() {
    return new RunIndex(null, text -> {});
  }

  /** Writes a run's record; a failure is told and costs nothing but the index. */
  synchronized void put(JsonObject record) {
    if (root == null || broken || !record.has("plan")) {
      return;
    }
    try (PreparedStatement put = open().prepareStatement(PUT)) {
      insert(put, RunRow.of(record.get("plan").getAsString(), record));
      connection.commit();
    } catch (SQLException failure) {
      broken = true;
      warn.accept(
          "the index "
              + root.resolve(FILE)
              + " cannot be written: "
              + failure.getMessage()
              + "; the runs are kept all the same, and './reprise runs reindex' makes it again");
    }
  }

  /**
   * Brings the index up to date with the directories that changed since it was last asked; a
   * damaged index is made again.
   */
  public synchronized void refresh() throws IOException {
    try {
      if (Files.isDirectory(root)) {
        update(open());
      }
    } catch (SQLException damaged) {
      try {
        rebuild();
      } catch (IOException readOnly) {
        inMemory(readOnly);
      }
    }
  }

  // a store that can only be read is listed all the same, by reading all of it
  private void inMemory(IOException failure) throws IOException {
    warn.accept(failure.getMessage() + "; the directories are read instead");
    address = "jdbc:sqlite::memory:";
    try {
      update(open());
    } catch (SQLException impossible) {
      throw new IOException("no index in memory: " + impossible.getMessage(), impossible);
    }
  }

  /** Throws the index away and makes it again from the directories. */
  public synchronized int rebuild() throws IOException {
    close();
    for (String file : List.of(FILE, FILE + "-wal", FILE + "-shm")) {
      try {
        Files.deleteIfExists(root.resolve(file));
      } catch (IOException failure) {
        throw new IOException("the index " + root.resolve(file) + " cannot be replaced", failure);
      }
    }
    if (!Files.isDirectory(root)) {
      return 0;
    }
    try {
      update(open());
      return count();
    } catch (SQLException failure) {
      throw new IOException(
          "the index " + root.resolve(FILE) + " cannot be made: " + failure.getMessage(), failure);
    }
  }

  /** Reads all runs of a plan again, whose directories others wrote. */
  public synchronized void rescan(Path plan) throws IOException {
    try (PreparedStatement put = open().prepareStatement(PUT)) {
      scan(connection, plan, put);
      connection.commit();
    } catch (SQLException failure) {
      throw unreadable(failure);
    }
  }

  /** The number of runs. */
  public synchronized int count() throws IOException {
    try (Statement s = open().createStatement();
        ResultSet r = s.executeQuery("SELECT count(*) FROM runs")) {
      return r.getInt(1);
    } catch (SQLException failure) {
      throw unreadable(failure);
    }
  }

  /** The runs begun last, the latest first; at most so many. */
  public List<RunRow> newest(int most) throws IOException {
    return rows("ORDER BY started DESC, plan, id LIMIT ?", most);
  }

  /** All runs, plan by plan. */
  public List<RunRow> all() throws IOException {
    return rows("ORDER BY plan, id LIMIT ?", Integer.MAX_VALUE);
  }

  /** The names of all runs, plan by plan. */
  public synchronized List<RunName> names() throws IOException {
    List<RunName> names = new ArrayList<>();
    if (!Files.isDirectory(root)) {
      return names;
    }
    try (Statement s = open().createStatement();
        ResultSet r = s.executeQuery("SELECT plan, id FROM runs ORDER BY plan, id")) {
      while (r.next()) {
        names.add(new RunName(r.getString(1), r.getString(2)));
      }
      return names;
    } catch (SQLException failure) {
      throw unreadable(failure);
    }
  }

  /** Runs whose plan and id begin so; the plan may be left out. */
  public List<RunRow> find(String name) throws IOException {
    int slash = name.indexOf('/');
    String where =
        slash < 0
            ? "WHERE id = ? OR plan LIKE ? || '%' ORDER BY started DESC LIMIT 1000"
            : "WHERE id = ? AND plan LIKE ? || '%' ORDER BY started DESC LIMIT 1000";
    return slash < 0
        ? rows(where, name, name)
        : rows(where, name.substring(slash + 1), name.substring(0, slash));
  }

  /** Forgets a run whose directory is gone. */
  public synchronized void remove(RunRow row) throws IOException {
    try (PreparedStatement s =
        open().prepareStatement("DELETE FROM runs WHERE plan = ? AND id = ?")) {
      s.setString(1, row.plan());
      s.setString(2, row.id());
      s.executeUpdate();
      connection.commit();
    } catch (SQLException failure) {
      throw unreadable(failure);
    }
  }

  private synchronized List<RunRow> rows(String clause, Object... values) throws IOException {
    List<RunRow> rows = new ArrayList<>();
    if (!Files.isDirectory(root)) {
      return rows;
    }
    try (PreparedStatement s =
        open().prepareStatement("SELECT " + COLUMNS + " FROM runs " + clause)) {
      for (int i = 0; i < values.length; i++) {
        s.setObject(i + 1, values[i]);
      }
      try (ResultSet r = s.executeQuery()) {
        while (r.next()) {
          rows.add(row(r));
        }
      }
      return rows;
    } catch (SQLException failure) {
      throw unreadable(failure);
    }
  }

  private IOException unreadable(SQLException failure) {
    return new IOException(
        "the index "
            + root.resolve(FILE)
            + " cannot be read: "
            + failure.getMessage()
            + "; './reprise runs reindex' makes it again",
        failure);
  }

  private static RunRow row(ResultSet r) throws SQLException {
    return new RunRow(
        r.getString(1),
        r.getString(2),
        r.getString(3),
        r.getString(4),
        r.getString(5),
        r.getString(6),
        number(r, 7),
        number(r, 8),
        r.getLong(9),
        r.getLong(10),
        number(r, 11),
        r.getString(12),
        r.getString(13),
        r.getString(14),
        r.getString(15),
        r.getString(16));
  }

  // SQLite keeps NaN as NULL
  private static double number(ResultSet r, int column) throws SQLException {
    double value = r.getDouble(column);
    return r.wasNull() ? Double.NaN : value;
  }

  private static void insert(PreparedStatement put, RunRow row) throws SQLException {
    put.setString(1, row.plan());
    put.setString(2, row.id());
    put.setString(3, row.title());
    put.setString(4, row.kind());
    put.setString(5, row.status());
    put.setString(6, row.started());
    put.setObject(7, Double.isNaN(row.seconds()) ? null : row.seconds());
    put.setObject(8, Double.isNaN(row.loss()) ? null : row.loss());
    put.setLong(9, row.steps());
    put.setLong(10, row.seed());
    put.setDouble(11, row.flops());
    put.setString(12, row.digest());
    put.setString(13, row.backend());
    put.setString(14, row.paper());
    put.setString(15, row.failed());
    put.setString(16, row.fields());
    put.executeUpdate();
  }

  private Connection open() throws SQLException {
    if (connection != null) {
      return connection;
    }
    Connection opened = DriverManager.getConnection(address);
    try (Statement s = opened.createStatement()) {
      s.execute("PRAGMA busy_timeout=30000");
      s.execute("PRAGMA journal_mode=WAL");
      s.execute("PRAGMA synchronous=NORMAL");
      int version;
      try (ResultSet r = s.executeQuery("PRAGMA user_version")) {
        version = r.getInt(1);
      }
      if (version != VERSION) {
        s.execute("DROP TABLE IF EXISTS runs");
        s.execute("DROP TABLE IF EXISTS plans");
        s.execute(
            "CREATE TABLE IF NOT EXISTS runs(plan TEXT, id TEXT, title TEXT, kind TEXT,"
                + " status TEXT, started TEXT, seconds REAL, loss REAL, steps INTEGER,"
                + " seed INTEGER, flops REAL, digest TEXT, backend TEXT, paper TEXT, failed TEXT,"
                + " fields TEXT, PRIMARY KEY(plan, id)) WITHOUT ROWID");
        s.execute("CREATE INDEX IF NOT EXISTS newest ON runs(started DESC, plan, id)");
        s.execute("CREATE INDEX IF NOT EXISTS begun ON runs(status) WHERE status = 'begun'");
        s.execute("CREATE TABLE IF NOT EXISTS plans(plan TEXT PRIMARY KEY, changed INTEGER)");
        s.execute("PRAGMA user_version=" + VERSION);
      }
      opened.setAutoCommit(false);
    } catch (SQLException failure) {
      opened.close();
      throw failure;
    }
    connection = opened;
    return opened;
  }

  private void update(Connection db) throws SQLException, IOException {
    Map<String, Long> known = new HashMap<>();
    List<String[]> begun = new ArrayList<>();
    try (Statement s = db.createStatement()) {
      try (ResultSet r = s.executeQuery("SELECT plan, changed FROM plans")) {
        while (r.next()) {
          known.put(r.getString(1), r.getLong(2));
        }
      }
      try (ResultSet r = s.executeQuery("SELECT plan, id FROM runs WHERE status = 'begun'")) {
        while (r.next()) {
          begun.add(new String[] {r.getString(1), r.getString(2)});
        }
      }
    }
    try (PreparedStatement put = db.prepareStatement(PUT);
        PreparedStatement seen = db.prepareStatement("INSERT OR REPLACE INTO plans VALUES(?,?)")) {
      for (String[] run : begun) {
        read(run[0], root.resolve(run[0]).resolve(run[1]), put);
      }
      for (Path plan : StoredPlan.folders(root)) {
        String hash = plan.getFileName().toString();
        // a folder's time is that of the last run added or taken away
        long changed = Files.getLastModifiedTime(plan).to(TimeUnit.NANOSECONDS);
        if (known.getOrDefault(hash, -1L) == changed) {
          continue;
        }
        scan(db, plan, put);
        seen.setString(1, hash);
        seen.setLong(2, changed);
        seen.executeUpdate();
      }
      db.commit();
    } catch (SQLException | IOException failure) {
      db.rollback();
      throw failure;
    }
  }

  private static void scan(Connection db, Path plan, PreparedStatement put)
      throws SQLException, IOException {
    String hash = plan.getFileName().toString();
    Map<String, String> indexed = new HashMap<>();
    try (PreparedStatement s = db.prepareStatement("SELECT id, status FROM runs WHERE plan = ?")) {
      s.setString(1, hash);
      try (ResultSet r = s.executeQuery()) {
        while (r.next()) {
          indexed.put(r.getString(1), r.getString(2));
        }
      }
    }
    try (Stream<Path> runs = Files.list(plan)) {
      for (Path run : (Iterable<Path>) runs::iterator) {
        String id = run.getFileName().toString();
        // ids have no '~': those are earlier results of another library
        String status = indexed.remove(id);
        if ((status == null || !ENDED.contains(status)) && !id.contains("~")) {
          read(hash, run, put);
        }
      }
    }
    try (PreparedStatement gone =
        db.prepareStatement("DELETE FROM runs WHERE plan = ? AND id = ?")) {
      for (String id : indexed.keySet()) {
        gone.setString(1, hash);
        gone.setString(2, id);
        gone.executeUpdate();
      }
    }
  }

  private static void read(String plan, Path folder, PreparedStatement put) throws SQLException {
    Optional<JsonObject> record = record(folder);
    if (record.isPresent()) {
      insert(put, RunRow.of(plan, record.get()));
    }
  }

  /**
   * The record of a run's directory, however far the run came; empty where there is no sound one.
   */
  static Optional<JsonObject> record(Path folder) {
    try {
      String text = Files.readString(folder.resolve(OpenRun.RECORD));
      return Optional.of(JsonParser.parseString(text).getAsJsonObject());
    } catch (IOException | JsonParseException | IllegalStateException noRecord) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException failure) {
      warn.accept("the index " + root.resolve(FILE) + " was not closed: " + failure.getMessage());
    }
    connection = null;
  }
}
