package reprise.dsl.generation;

import java.nio.file.Path;
import reprise.dsl.data.Novel;
import reprise.dsl.data.TextSource;
import reprise.dsl.unit.Checks;

/**
 * A published language model that still needs a text: continue with {@link #on}.
 *
 * @param folder where it lies
 */
public record NeedsReading(Path folder) {
  public NeedsReading {
    Checks.present("folder", folder);
  }

  /** A novel that ships with Reprise. */
  public LanguageModel.Loaded on(Novel novel) {
    return LanguageModel.Loaded.of(folder, new TextSource.Shipped(novel));
  }

  /** A UTF-8 file. */
  public LanguageModel.Loaded on(Path text) {
    return LanguageModel.Loaded.of(folder, TextSource.File.of(text));
  }
}
