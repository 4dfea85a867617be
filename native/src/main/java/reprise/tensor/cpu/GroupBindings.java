package reprise.tensor.cpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import reprise.tensor.NativeFailure;

/** Binding of the group calls of {@code reprise.h}. */
final class GroupBindings {
  /** program, phases, data, outputs, kept, results, results_words: one word each. */
  static final MemoryLayout PART = MemoryLayout.sequenceLayout(7, JAVA_LONG);

  /** part, seed, run, state, history and floats, outputs and floats, kept and floats, message. */
  static final MemoryLayout MEMBER = MemoryLayout.sequenceLayout(11, JAVA_LONG);

  static final MemoryLayout STANDING =
      MemoryLayout.structLayout(
          JAVA_INT.withName("done"),
          JAVA_INT.withName("code"),
          JAVA_INT.withName("bad_scalar"),
          JAVA_INT.withName("bad_node"),
          JAVA_INT.withName("phase"),
          JAVA_INT.withName("step"),
          JAVA_FLOAT.withName("last"),
          MemoryLayout.sequenceLayout(9, JAVA_INT).withName("reserved"));
  static final long DONE = at("done");
  static final long CODE = at("code");
  static final long BAD_SCALAR = at("bad_scalar");
  static final long BAD_NODE = at("bad_node");
  static final long PHASE = at("phase");
  static final long STEP = at("step");
  static final long LAST = at("last");

  private final MethodHandle openPart;
  private final MethodHandle run;

  GroupBindings(SymbolLookup symbols) {
    openPart =
        Bindings.bind(
            symbols,
            "rp_open_part",
            JAVA_INT,
            ADDRESS,
            JAVA_LONG,
            JAVA_LONG,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            JAVA_LONG);
    run =
        Bindings.bind(
            symbols,
            "rp_group_run",
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            ADDRESS,
            JAVA_LONG,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            JAVA_LONG);
  }

  private static long at(String field) {
    return STANDING.byteOffset(PathElement.groupElement(field));
  }

  /** A program for groups, and the scratch bytes of one worker. */
  record OpenPart(MemorySegment handle, long scratch) {}

  /** Opens a program whose memory is data up to one cut, state up to the other, then arena. */
  OpenPart open(MemorySegment code, long memoryBytes, long data, long state, InstructionSet isa) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment message = arena.allocate(Bindings.MESSAGE_BYTES);
      MemorySegment cuts = arena.allocateFrom(JAVA_LONG, data, state);
      MemorySegment scratch = arena.allocate(JAVA_LONG);
      MemorySegment handle = arena.allocate(ADDRESS);
      int status =
          (int)
              openPart.invokeExact(
                  code,
                  code.byteSize() / 8,
                  memoryBytes,
                  cuts,
                  isa.ordinal(),
                  scratch,
                  handle,
                  message,
                  (long) Bindings.MESSAGE_BYTES);
      if (status != Bindings.OK) {
        throw new NativeFailure("the native backend refuses the program: " + message.getString(0));
      }
      return new OpenPart(handle.get(ADDRESS, 0), scratch.get(JAVA_LONG, 0));
    } catch (NativeFailure e) {
      throw e;
    } catch (Throwable t) {
      throw Bindings.unexpected(t);
    }
  }

  /** What a call runs: counts, and how. */
  record Call(int phases, int repeats, int threads, boolean stopAtNonFinite) {}

  /** Runs members; the status code. */
  int run(
      MemorySegment parts,
      MemorySegment members,
      Call call,
      MemorySegment workers,
      long workerBytes,
      MemorySegment status,
      MemorySegment standings,
      MemorySegment message) {
    try {
      return (int)
          run.invokeExact(
              parts,
              (int) (parts.byteSize() / PART.byteSize()),
              members,
              (int) (members.byteSize() / MEMBER.byteSize()),
              call.phases(),
              call.repeats(),
              call.threads(),
              call.stopAtNonFinite() ? 1 : 0,
              workers,
              workerBytes,
              status,
              standings,
              message,
              message.byteSize());
    } catch (Throwable t) {
      throw Bindings.unexpected(t);
    }
  }
}
