package reprise.tensor.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reprise.tensor.Checkpoint;
import reprise.tensor.Session;
import reprise.tensor.ir.DType;
import reprise.tensor.ir.State;

/**
 * The state of a session as a safetensors file: parameters, optimiser, counters, under their names
 * and shapes, so that Python reads it with {@code safetensors.numpy.load_file}.
 */
public final class SessionFile {
  private SessionFile() {}

  /** Writes all state but data, with the parameters' digest in the metadata. */
  public static void save(Session session, Path file) throws IOException {
    Checkpoint c = session.export();
    SafeTensorsFile out = new SafeTensorsFile();
    out.metadata("format", "reprise").metadata("program", session.program().name());
    out.metadata("seed", Long.toString(session.options().seed()));
    out.metadata("backend", session.backend().toString()).metadata("digest", session.digest());
    for (State s : session.program().states().values()) {
      if (c.floats().containsKey(s.name())) {
        out.add(s.name(), s.type().shape(), c.floats().get(s.name()));
      } else if (c.ints().containsKey(s.name())) {
        out.add(s.name(), s.type().shape(), c.ints().get(s.name()));
      }
    }
    out.write(file);
  }

  /**
   * Restores what {@link #save} wrote.
   *
   * @throws DamagedFile if the file is unsound, or lacks a state, or has another shape for it
   */
  public static void restore(Session session, Path file) throws IOException {
    Map<String, float[]> floats = new LinkedHashMap<>();
    Map<String, int[]> ints = new LinkedHashMap<>();
    try (SafeTensors in = SafeTensors.open(file)) {
      for (State s : session.program().states().values()) {
        if (s.kind() == State.Kind.DATA) {
          continue;
        }
        List<Long> expected = s.type().shape().dims().stream().map(Integer::longValue).toList();
        if (!in.shape(s.name()).equals(expected)) {
          throw new DamagedFile(
              file,
              "tensor '"
                  + s.name()
                  + "' has shape "
                  + in.shape(s.name())
                  + ", expected "
                  + expected);
        }
        if (s.type().dtype() == DType.F32) {
          floats.put(s.name(), in.floats(s.name()));
        } else {
          ints.put(s.name(), in.ints(s.name()));
        }
      }
    }
    session.restore(new Checkpoint(floats, ints));
  }
}
