package reprise.tensor.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is not what it should be; says which, where and what. */
public final class DamagedFile extends IOException {
  private static final long serialVersionUID = 1;

  DamagedFile(Path file, String what) {
    super(file + ": " + what);
  }
}
