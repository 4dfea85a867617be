package reprise.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import reprise.tensor.ir.DType;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.State;

/** What sessions of all backends share: checks of names and sizes, digest, checkpoints. */
public abstract class SessionBase implements Session {
  private final Program program;
  private final BackendInfo backend;
  private final SessionOptions options;

  protected SessionBase(Program program, BackendInfo backend, SessionOptions options) {
    this.program = program;
    this.backend = backend;
    this.options = options;
  }

  @Override
  public final Program program() {
    return program;
  }

  @Override
  public final BackendInfo backend() {
    return backend;
  }

  @Override
  public final SessionOptions options() {
    return options;
  }

  /** The state of this name and element type. */
  protected final State checked(String name, DType dtype) {
    State s = program.state(name);
    if (s.type().dtype() != dtype) {
      throw new IllegalArgumentException(
          "state " + name + " is " + s.type() + ": use the methods for " + s.type().dtype());
    }
    return s;
  }

  /** The state of this name, type and number of elements. */
  protected final State checked(String name, DType dtype, int length) {
    State s = checked(name, dtype);
    if (s.type().size() != length) {
      throw new IllegalArgumentException(
          "state "
              + name
              + " is "
              + s.type()
              + " of "
              + s.type().size()
              + " elements, got "
              + length);
    }
    return s;
  }

  /** The number of an f32 output's value, where the function is the one that ran last. */
  protected final int outputValue(String function, String output, String lastFunction) {
    var f = program.function(function);
    Integer v = f.outputs().get(output);
    if (v == null) {
      throw new IllegalArgumentException(
          "function " + function + " has no output '" + output + "'; " + f.outputs().keySet());
    }
    if (!function.equals(lastFunction)) {
      throw new IllegalStateException(
          "outputs of "
              + function
              + " are gone: run it again ("
              + (lastFunction.isEmpty() ? "nothing" : lastFunction)
              + " ran last)");
    }
    if (f.types().get(v).dtype() != DType.F32) {
      throw new IllegalArgumentException(
          "output " + output + " of " + function + " is " + f.types().get(v) + ", not f32");
    }
    return v;
  }

  @Override
  public final String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (State s : program.states().values()) {
        if (s.kind() == State.Kind.PARAMETER) {
          sha.update((s.name() + s.type()).getBytes(StandardCharsets.UTF_8));
          float[] values = read(s.name());
          ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
          bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
          sha.update(bytes);
        }
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public final Checkpoint export() {
    Map<String, float[]> floats = new LinkedHashMap<>();
    Map<String, int[]> ints = new LinkedHashMap<>();
    for (State s : program.states().values()) {
      if (s.kind() == State.Kind.DATA) {
        continue;
      }
      if (s.type().dtype() == DType.F32) {
        floats.put(s.name(), read(s.name()));
      } else {
        ints.put(s.name(), readInts(s.name()));
      }
    }
    return new Checkpoint(floats, ints);
  }

  @Override
  public final void restore(Checkpoint checkpoint) {
    checkpoint.floats().forEach((n, v) -> checked(n, DType.F32, v.length));
    checkpoint.ints().forEach((n, v) -> checked(n, DType.I32, v.length));
    for (State s : program.states().values()) {
      boolean there =
          checkpoint.floats().containsKey(s.name()) || checkpoint.ints().containsKey(s.name());
      if (s.kind() != State.Kind.DATA && !there) {
        throw new IllegalArgumentException("the checkpoint lacks state " + s.name());
      }
    }
    checkpoint.floats().forEach(this::write);
    checkpoint.ints().forEach(this::write);
    restored();
  }

  /** Called at the end of {@link #restore}. */
  protected void restored() {}
}
