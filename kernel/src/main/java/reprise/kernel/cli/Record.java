package reprise.kernel.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import reprise.dsl.repro.Reproduced;
import reprise.kernel.render.Report;
import reprise.kernel.store.RunJson;

/** Writes what a reproduction found for the record: verdicts and rows, without charts. */
final class Record {
  private Record() {}

  /**
   * {@code record.json}, and for every part that trained {@code <part>.csv}, its frame, and {@code
   * <part>.jsonl}, a line a run.
   */
  static void write(Reproduced done, Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("record.json"), Report.json(done) + "\n");
      for (Reproduced.Done part : done.parts()) {
        if (part.result().isPresent() && !part.part().experiment().plan().runs().isEmpty()) {
          Path rows = folder.resolve(part.part().name() + ".csv");
          part.result().get().frame().write().csv(rows.toFile());
          Files.write(
              folder.resolve(part.part().name() + ".jsonl"),
              part.result().get().runs().stream().map(RunJson::line).toList());
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("the record cannot be written to " + folder, failure);
    }
  }
}
