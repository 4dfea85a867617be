package reprise.kernel.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import reprise.dsl.repro.Reproduced;
import reprise.kernel.render.Report;

/** Writes what a reproduction found for the record: verdicts and rows, without charts. */
final class Record {
  private Record() {}

  /** {@code record.json} and {@code <part>.csv} for every part that trained. */
  static void write(Reproduced done, Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("record.json"), Report.json(done) + "\n");
      for (Reproduced.Done part : done.parts()) {
        if (part.result().isPresent() && !part.part().experiment().plan().runs().isEmpty()) {
          Path rows = folder.resolve(part.part().name() + ".csv");
          part.result().get().frame().write().csv(rows.toFile());
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("the record cannot be written to " + folder, failure);
    }
  }
}
