package reprise.tensor.cpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import reprise.tensor.NativeFailure;

/** Hand-written binding of {@code reprise.h}; a test compares it with {@code rp_abi}. */
final class Bindings {
  static final int VERSION = 1;
  static final int OK = 0;
  static final int CANCELLED = 1;
  static final int NONFINITE = 2;
  static final int MESSAGE_BYTES = 1024;

  static final MemoryLayout CONFIG =
      MemoryLayout.structLayout(
          JAVA_LONG.withName("seed"),
          JAVA_INT.withName("run"),
          JAVA_INT.withName("threads"),
          JAVA_INT.withName("isa"),
          JAVA_INT.withName("profile"));
  static final MemoryLayout STATUS =
      MemoryLayout.structLayout(
          JAVA_INT.withName("done"),
          JAVA_INT.withName("cancel"),
          JAVA_FLOAT.withName("last"),
          JAVA_INT.withName("bad_scalar"),
          MemoryLayout.sequenceLayout(12, JAVA_INT).withName("reserved"));
  static final long DONE = STATUS.byteOffset(PathElement.groupElement("done"));
  static final long CANCEL = STATUS.byteOffset(PathElement.groupElement("cancel"));
  static final long LAST = STATUS.byteOffset(PathElement.groupElement("last"));
  static final long BAD_SCALAR = STATUS.byteOffset(PathElement.groupElement("bad_scalar"));

  private final MethodHandle abi;
  private final MethodHandle isaSupported;
  private final MethodHandle isaBest;
  private final MethodHandle workspace;
  private final MethodHandle open;
  private final MethodHandle run;
  private final MethodHandle close;
  private final MethodHandle gemmProbe;
  private final MethodHandle profile;
  private final MethodHandle peakProbe;
  private final GroupBindings groups;

  Bindings(Path library) {
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
    groups = new GroupBindings(symbols);
    abi = bind(symbols, "rp_abi", JAVA_INT, ADDRESS, JAVA_INT);
    isaSupported = bind(symbols, "rp_isa_supported", JAVA_INT, JAVA_INT);
    isaBest = bind(symbols, "rp_isa_best", JAVA_INT);
    workspace =
        bind(
            symbols,
            "rp_workspace",
            JAVA_LONG,
            ADDRESS,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_INT,
            ADDRESS,
            JAVA_LONG);
    open =
        bind(
            symbols, "rp_open", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG,
            JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    run =
        bind(
            symbols, "rp_run", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS,
            JAVA_LONG, ADDRESS, JAVA_LONG);
    close =
        Linker.nativeLinker()
            .downcallHandle(symbols.findOrThrow("rp_close"), FunctionDescriptor.ofVoid(ADDRESS));
    profile = bind(symbols, "rp_profile", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    gemmProbe =
        bind(
            symbols,
            "rp_gemm_probe",
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            JAVA_LONG,
            JAVA_INT);
    peakProbe = bind(symbols, "rp_peak_probe", JAVA_LONG, JAVA_INT, JAVA_LONG);
  }

  static MethodHandle bind(
      SymbolLookup symbols, String name, ValueLayout result, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(symbols.findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }

  /** Calls for groups. */
  GroupBindings groups() {
    return groups;
  }

  /** The library's own table: version, struct sizes and offsets, number of opcodes. */
  int[] abiTable() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment table = arena.allocate(JAVA_INT, 64);
      int n = (int) abi.invokeExact(table, 64);
      return table.asSlice(0, 4L * n).toArray(JAVA_INT);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /** What {@link #abiTable} must be for this class to be right. */
  static int[] expectedAbi() {
    return new int[] {
      VERSION,
      (int) CONFIG.byteSize(),
      (int) STATUS.byteSize(),
      (int) DONE,
      (int) CANCEL,
      (int) LAST,
      (int) BAD_SCALAR,
      Opcode.values().length,
      (int) GroupBindings.PART.byteSize(),
      (int) GroupBindings.MEMBER.byteSize(),
      (int) GroupBindings.STANDING.byteSize()
    };
  }

  boolean supports(InstructionSet isa) {
    try {
      return (int) isaSupported.invokeExact(isa.ordinal()) == 1;
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  InstructionSet best() {
    try {
      return InstructionSet.values()[(int) isaBest.invokeExact()];
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /** Bytes of scratch memory; checks the whole program. */
  long workspace(MemorySegment code, long memoryBytes, int threads) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment message = arena.allocate(MESSAGE_BYTES);
      long bytes =
          (long)
              workspace.invokeExact(
                  code, code.byteSize() / 8, memoryBytes, threads, message, (long) MESSAGE_BYTES);
      if (bytes < 0) {
        throw new NativeFailure("the native backend refuses the program: " + message.getString(0));
      }
      return bytes;
    } catch (NativeFailure e) {
      throw e;
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /** Opens a native session over memory that stays valid until {@link #close}. */
  MemorySegment open(
      MemorySegment code, MemorySegment config, MemorySegment memory, long memoryBytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment message = arena.allocate(MESSAGE_BYTES);
      MemorySegment handle = arena.allocate(ADDRESS);
      int status =
          (int)
              open.invokeExact(
                  code,
                  code.byteSize() / 8,
                  config,
                  memory,
                  memoryBytes,
                  memory.byteSize() - memoryBytes,
                  handle,
                  message,
                  (long) MESSAGE_BYTES);
      if (status != OK) {
        throw new NativeFailure("the native backend refuses the program: " + message.getString(0));
      }
      return handle.get(ADDRESS, 0);
    } catch (NativeFailure e) {
      throw e;
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /** Runs steps; the status code, with a message in {@code message} on error. */
  int run(
      MemorySegment handle,
      int function,
      int steps,
      boolean stopAtNonFinite,
      MemorySegment status,
      MemorySegment history,
      MemorySegment message) {
    try {
      return (int)
          run.invokeExact(
              handle,
              function,
              steps,
              stopAtNonFinite ? 1 : 0,
              status,
              history,
              history.byteSize() / 4,
              message,
              message.byteSize());
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /** Least nanoseconds of each instruction of a function; empty without profile. */
  long[] profile(MemorySegment handle, int function, int instructions) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment nanos = arena.allocate(JAVA_LONG, Math.max(1, instructions));
      int n = (int) profile.invokeExact(handle, function, nanos, instructions);
      return n < 0 ? new long[0] : nanos.toArray(JAVA_LONG);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  void close(MemorySegment handle) {
    try {
      close.invokeExact(handle);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /** Multiplies some times; operands are a, b, c and scratch; false if the library refuses. */
  boolean gemm(InstructionSet isa, GemmProbe.Product p, MemorySegment[] operands, int times) {
    try {
      return (int)
              gemmProbe.invokeExact(
                  isa.ordinal(),
                  p.m(),
                  p.n(),
                  p.k(),
                  p.transposeA() ? 1 : 0,
                  p.transposeB() ? 1 : 0,
                  operands[0],
                  operands[1],
                  operands[2],
                  operands[3],
                  operands[3].byteSize() / 4,
                  times)
          == OK;
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /** Multiply-adds between registers: the floating point operations done. */
  long peak(InstructionSet isa, long rounds) {
    try {
      return (long) peakProbe.invokeExact(isa.ordinal(), rounds);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static RuntimeException unexpected(Throwable t) {
    if (t instanceof Error e) {
      throw e;
    }
    return new NativeFailure("call into the native library failed: " + t, t);
  }
}
