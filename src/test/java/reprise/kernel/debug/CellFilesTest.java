package reprise.kernel.debug;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CellFilesTest {
  /** As Jupyter's own kernels compute it, with the same seed: front ends look for this number. */
  @Test
  void cellsAreNamedByMurmur2() {
    assertThat(Murmur.hash("")).isEqualTo(3990065800L);
    assertThat(Murmur.hash("a")).isEqualTo(2167009006L);
    assertThat(Murmur.hash("ab")).isEqualTo(2805137849L);
    assertThat(Murmur.hash("abc")).isEqualTo(3350977461L);
    assertThat(Murmur.hash("int x = 1;\nx + 1")).isEqualTo(501940937L);
    assertThat(Murmur.hash("Größe → ∞")).isEqualTo(1086696751L);
  }

  @Test
  void linesAreReplacedFileByFile() {
    var files = new CellFiles("/tmp/cells/");
    var path = files.keep("abc");
    assertThat(path).isEqualTo("/tmp/cells/3350977461.java");
    assertThat(files.code(path)).contains("abc");
    assertThat(files.code("/tmp/cells/1.java")).isEmpty();
    files.stopAt(path, List.of(4, 2, 4));
    assertThat(files.stops(path)).containsExactly(2, 4);
    assertThat(files.withStops()).containsExactly(path);
    files.stopAt(path, List.of());
    assertThat(files.withStops()).isEmpty();
  }
}
