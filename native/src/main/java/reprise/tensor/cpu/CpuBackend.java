package reprise.tensor.cpu;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import reprise.tensor.Backend;
import reprise.tensor.BackendInfo;
import reprise.tensor.Group;
import reprise.tensor.NativeFailure;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Dump;
import reprise.tensor.ir.MemoryPlan;
import reprise.tensor.ir.Pipeline;
import reprise.tensor.ir.Program;

/** The C backend in single precision, on one of the instruction sets of this processor. */
public final class CpuBackend implements Backend {
  /** Loaded once for the process, or why not. */
  private record Library(Bindings bindings, String digest, String failure) {
    static final Library INSTANCE = load();

    private static Library load() {
      try {
        NativeLibrary.Extracted file = NativeLibrary.extract();
        Bindings b = new Bindings(file.file());
        if (!Arrays.equals(b.abiTable(), Bindings.expectedAbi())) {
          return failed(
              "library "
                  + file.file()
                  + " has the interface "
                  + Arrays.toString(b.abiTable())
                  + ", expected "
                  + Arrays.toString(Bindings.expectedAbi())
                  + ": build again");
        }
        return new Library(b, file.digest(), "");
      } catch (IOException
          | IllegalArgumentException
          | IllegalCallerException
          | NoSuchElementException
          | UnsupportedOperationException e) {
        return failed(e.getMessage());
      }
    }

    private static Library failed(String why) {
      return new Library(null, "", why);
    }
  }

  private final Bindings bindings;
  private final InstructionSet isa;
  private final BackendInfo info;
  private final Pipeline pipeline;

  private CpuBackend(InstructionSet isa, String reason) {
    this(isa, reason, Pipeline.fromEnvironment());
  }

  private CpuBackend(InstructionSet isa, String reason, Pipeline pipeline) {
    this.bindings = library().bindings();
    this.isa = isa;
    this.pipeline = pipeline;
    this.info = new BackendInfo("cpu", isa.text(), "f32", library().digest(), reason);
  }

  /** Why the native library cannot be used here, or an empty string. */
  public static String failure() {
    return Library.INSTANCE.failure();
  }

  private static Library library() {
    if (!failure().isEmpty()) {
      throw new NativeFailure("no native backend: " + failure());
    }
    return Library.INSTANCE;
  }

  /**
   * The backend on the fastest instruction set, or on the one named by the property {@code
   * reprise.isa} or the environment variable {@code REPRISE_ISA}.
   *
   * @throws NativeFailure if there is no native library for this system
   */
  public static CpuBackend best() {
    String asked = System.getProperty("reprise.isa", System.getenv("REPRISE_ISA"));
    return asked == null || asked.isEmpty()
        ? new CpuBackend(library().bindings().best(), "")
        : on(InstructionSet.parse(asked));
  }

  /**
   * The backend on a given instruction set.
   *
   * @throws NativeFailure if this processor does not run it
   */
  public static CpuBackend on(InstructionSet isa) {
    if (!library().bindings().supports(isa)) {
      throw new NativeFailure(
          "this processor does not run "
              + isa.text()
              + "; it runs "
              + supported().stream().map(InstructionSet::text).toList());
    }
    boolean fastest = library().bindings().best() == isa;
    return new CpuBackend(isa, fastest ? "" : "instruction set " + isa.text() + " was asked for");
  }

  /** Instruction sets of this processor; empty without a native library. */
  public static List<InstructionSet> supported() {
    return failure().isEmpty()
        ? Stream.of(InstructionSet.values()).filter(library().bindings()::supports).toList()
        : List.of();
  }

  @Override
  public BackendInfo info() {
    return info;
  }

  /** The same backend with other passes between a program and what runs. */
  public CpuBackend passes(Pipeline passes) {
    return new CpuBackend(isa, info.reason(), passes);
  }

  /** Native bytes a session takes: the plan of the compiled program and the kernels' scratch. */
  public long memoryBytes(Program program, int threads) {
    Program compiled = pipeline.compile(program, Dump.none());
    MemoryPlan plan = compiled.memory();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment code =
          arena.allocateFrom(
              ValueLayout.JAVA_LONG, Lowering.lower(compiled, plan, Bindings.VERSION));
      return plan.totalBytes() + bindings.workspace(code, plan.totalBytes(), threads);
    }
  }

  @Override
  public Session open(Program program, SessionOptions options) {
    return new CpuSession(bindings, isa, info, pipeline, program, options);
  }

  @Override
  public Group openGroup(List<Group.Part> parts, int threads) {
    return new CpuGroup(bindings, isa, info, pipeline, parts, threads);
  }

  Bindings bindings() {
    return bindings;
  }

  InstructionSet instructionSet() {
    return isa;
  }
}
