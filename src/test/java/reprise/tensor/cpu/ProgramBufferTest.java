package reprise.tensor.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.tensor.NativeFailure;
import reprise.tensor.ir.Program;
import reprise.tensor.model.Corpus;
import reprise.tensor.model.Decoder;
import reprise.tensor.model.DecoderConfig;
import reprise.tensor.model.Training;

/** The C side against malformed program buffers, and the binding against the C side. */
@Tag("backend")
class ProgramBufferTest {
  private static final Program PROGRAM =
      Decoder.program(
          DecoderConfig.small(8, 6, 1, 4).position(DecoderConfig.Position.ROTARY),
          Training.small(2, 10, 0.01),
          Corpus.markov(40, 30, 2, 8));

  private static long[] code() {
    return Lowering.lower(PROGRAM, PROGRAM.memory(), Bindings.VERSION);
  }

  private static Bindings bindings() {
    return CpuBackend.best().bindings();
  }

  /** Opens and runs one step of every function; the message of a refusal, or null. */
  private static String tryOut(long[] words) {
    long bytes = PROGRAM.memory().totalBytes();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment code = arena.allocateFrom(ValueLayout.JAVA_LONG, words);
      long scratch = bindings().workspace(code, bytes, 1);
      if (scratch > 1 << 26) {
        return "too much scratch";
      }
      MemorySegment memory = arena.allocate(bytes + scratch, 64);
      MemorySegment config = arena.allocate(Bindings.CONFIG);
      config.set(ValueLayout.JAVA_INT, 12, 1);
      MemorySegment handle = bindings().open(code, config, memory, bytes);
      MemorySegment status = arena.allocate(Bindings.STATUS);
      MemorySegment history = arena.allocate(4096);
      MemorySegment message = arena.allocate(Bindings.MESSAGE_BYTES);
      String error = null;
      for (int f = 0; f < PROGRAM.functions().size(); f++) {
        if (bindings().run(handle, f, 1, true, status, history, message) > Bindings.NONFINITE) {
          error = message.getString(0);
        }
      }
      bindings().close(handle);
      return error;
    } catch (NativeFailure e) {
      return e.getMessage();
    }
  }

  @Test
  void theBindingIsTheLibrarys() {
    assertThat(bindings().abiTable()).isEqualTo(Bindings.expectedAbi());
  }

  @Test
  void theSoundBufferRuns() {
    assertThat(tryOut(code())).isNull();
  }

  @Test
  void damagedWordsNeverCrash() {
    Random random = new Random(17);
    long[] good = code();
    long[] nasty = {
      -1,
      0,
      1,
      2,
      3,
      4,
      37,
      64,
      1 << 20,
      Integer.MAX_VALUE,
      Integer.MIN_VALUE,
      Long.MAX_VALUE,
      Long.MIN_VALUE,
      1L << 40,
      (1L << 62) + 4,
      Double.doubleToRawLongBits(Double.NaN)
    };
    int refused = 0;
    for (int trial = 0; trial < 4000; trial++) {
      long[] bad = good.clone();
      int damages = 1 + random.nextInt(2);
      for (int d = 0; d < damages; d++) {
        int at = random.nextInt(bad.length);
        bad[at] =
            random.nextBoolean()
                ? nasty[random.nextInt(nasty.length)]
                : bad[at] + random.nextInt(33) - 16;
      }
      if (tryOut(bad) != null) {
        refused++;
      }
    }
    // Most damage makes a program wrong; some only changes numbers.
    assertThat(refused).isBetween(1500, 3999);
  }

  @Test
  void truncatedBuffersAreRefused() {
    long[] good = code();
    for (int n = 1; n < good.length; n += 7) {
      assertThat(tryOut(java.util.Arrays.copyOf(good, n))).isNotNull();
    }
  }

  @Test
  void refusalsNameTheInstruction() {
    long[] bad = code();
    bad[1] = 99;
    assertThat(tryOut(bad)).contains("program version 99, this library reads 1");
    bad = code();
    bad[0] = 0;
    assertThat(tryOut(bad)).contains("does not begin with the magic word");
    bad = code();
    int first = 3 + 2 + (int) bad[4] + 1;
    bad[first] = 999;
    assertThat(tryOut(bad)).contains("function 0, instruction 0: opcode 999 is unknown");
    bad = code();
    bad[first + 2] = 3;
    assertThat(tryOut(bad))
        .contains("function 0, instruction 0 (normal): operand 0 is 3, expected the offset of a")
        .contains("tensor inside the program's memory");
  }

  @Test
  void theLibraryIsKeptUnderItsDigest() throws IOException {
    NativeLibrary.Extracted file = NativeLibrary.extract();
    assertThat(file.file().toString()).contains(file.digest().substring(0, 16));
    assertThat(CpuBackend.best().info().libraryDigest()).isEqualTo(file.digest());
  }

  @Test
  void anUnknownInstructionSetIsNamed() {
    assertThatThrownBy(() -> InstructionSet.parse("sse9"))
        .hasMessage("unknown instruction set 'sse9'; use portable, avx2 or avx512");
  }
}
