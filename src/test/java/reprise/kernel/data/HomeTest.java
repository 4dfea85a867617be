package reprise.kernel.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class HomeTest {
  private static final Path USER = Path.of("/home/ada");

  @Test
  void theFirstOfThreePlacesIsTaken() {
    Map<String, String> both = Map.of("REPRISE_HOME", "/r", "XDG_CACHE_HOME", "/c");
    assertThat(Home.folder(both, USER)).isEqualTo(Path.of("/r"));
    assertThat(Home.folder(Map.of("XDG_CACHE_HOME", "/c"), USER)).isEqualTo(Path.of("/c/reprise"));
    assertThat(Home.folder(Map.of("REPRISE_HOME", " "), USER))
        .isEqualTo(Path.of("/home/ada/.cache/reprise"));
  }
}
