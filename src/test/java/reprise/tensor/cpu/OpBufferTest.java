package reprise.tensor.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.NativeFailure;
import reprise.tensor.OpPrograms;
import reprise.tensor.ir.Program;

/** Damaged buffers of every operation: refused with a message or run inside their memory. */
@Tag("backend")
class OpBufferTest {
  private static final long[] NASTY = {
    -1,
    0,
    1,
    2,
    3,
    7,
    64,
    1 << 20,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 40,
    (1L << 62) + 4,
    Double.doubleToRawLongBits(Double.NaN),
  };

  /** Opens and runs one step of every function; the message of a refusal, or null. */
  private static String tryOut(long[] words, long bytes, int functions) {
    Bindings bindings = CpuBackend.best().bindings();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment code = arena.allocateFrom(ValueLayout.JAVA_LONG, words);
      long scratch = bindings.workspace(code, bytes, 1);
      if (scratch > 1 << 26) {
        return "too much scratch";
      }
      MemorySegment memory = arena.allocate(bytes + scratch, 64);
      MemorySegment config = arena.allocate(Bindings.CONFIG);
      config.set(ValueLayout.JAVA_INT, 12, 1);
      MemorySegment handle = bindings.open(code, config, memory, bytes);
      MemorySegment status = arena.allocate(Bindings.STATUS);
      MemorySegment history = arena.allocate(4096);
      MemorySegment message = arena.allocate(Bindings.MESSAGE_BYTES);
      String error = null;
      for (int f = 0; f < functions; f++) {
        if (bindings.run(handle, f, 1, true, status, history, message) > Bindings.NONFINITE) {
          error = message.getString(0);
        }
      }
      bindings.close(handle);
      return error;
    } catch (NativeFailure e) {
      return e.getMessage();
    }
  }

  @Test
  void damagedOperandsNeverCrash() {
    Random random = new Random(29);
    int refused = 0;
    int trials = 0;
    for (Program p : OpPrograms.all()) {
      long bytes = p.memory().totalBytes();
      if (bytes > 1 << 18) {
        continue;
      }
      long[] good = Lowering.lower(p, p.memory(), Bindings.VERSION);
      for (int trial = 0; trial < 40; trial++) {
        long[] bad = good.clone();
        int at = 3 + random.nextInt(bad.length - 3);
        bad[at] =
            random.nextBoolean()
                ? NASTY[random.nextInt(NASTY.length)]
                : bad[at] + random.nextInt(33) - 16;
        String error = tryOut(bad, bytes, p.functions().size());
        if (error != null) {
          refused++;
          assertThat(error).isNotEmpty();
        }
        trials++;
      }
    }
    assertThat(refused).isBetween(trials / 3, trials - 1);
  }
}
