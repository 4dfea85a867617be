package reprise.tensor.cpu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import reprise.tensor.OpPrograms;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.curvature.Curvature;
import reprise.tensor.ir.DType;
import reprise.tensor.ir.Dump;
import reprise.tensor.ir.MemoryPlan;
import reprise.tensor.ir.Pipeline;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.State;
import reprise.tensor.model.Corpus;
import reprise.tensor.model.Decoder;
import reprise.tensor.model.DecoderConfig;
import reprise.tensor.model.Training;

/** Writes program files for the C program {@code check/replay.c}: every operation, a few models. */
public final class ProgramFiles {
  private static final long MAGIC = 0x31594c504552L;

  private ProgramFiles() {}

  /**
   * Writes all files into a folder given as argument: for {@code check/sanitize.sh} by hand.
   *
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] args) throws IOException {
    System.out.println(write(Path.of(args[0]), Integer.MAX_VALUE).size() + " files");
  }

  /** Files of programs that take at most some bytes. */
  static List<Path> write(Path folder, long mostBytes) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (OpPrograms.Filled f : OpPrograms.filled()) {
      if (f.program().memory().totalBytes() <= mostBytes) {
        files.add(write(folder, files.size(), f.program(), f.fill()));
      }
    }
    files.add(write(folder, files.size(), decoder(), s -> s.run("initialise", 1)));
    return files;
  }

  private static Program decoder() {
    DecoderConfig c = DecoderConfig.gpt2(20, 8, 1, 8, 2);
    Program p = Decoder.program(c, Training.small(2, 10, 0.01), Corpus.text(40, 30, 2));
    List<String> names = Decoder.parameters(c).stream().map(Decoder.Parameter::name).toList();
    return Curvature.of("evaluate", "loss", names).lanczosSteps(4).extend(p);
  }

  private static Path write(Path folder, int number, Program p, Consumer<Session> fill)
      throws IOException {
    Program compiled = Pipeline.standard().compile(p, Dump.none());
    MemoryPlan plan = compiled.memory();
    long[] words = Lowering.lower(compiled, plan, Bindings.VERSION);
    ByteBuffer out =
        ByteBuffer.allocate((int) (32 + 8L * words.length + plan.stateBytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(MAGIC).putLong(words.length).putLong(plan.totalBytes()).putLong(plan.stateBytes());
    for (long w : words) {
      out.putLong(w);
    }
    int start = out.position();
    try (Session s = CpuBackend.best().open(p, SessionOptions.seed(5))) {
      fill.accept(s);
      for (State state : p.states().values()) {
        out.position((int) (start + plan.states().get(state.name())));
        if (state.type().dtype() == DType.F32) {
          out.asFloatBuffer().put(s.read(state.name()));
        } else {
          out.asIntBuffer().put(s.readInts(state.name()));
        }
      }
    }
    Path file = folder.resolve(String.format(java.util.Locale.ROOT, "%03d.program", number));
    return Files.write(file, out.array());
  }
}
