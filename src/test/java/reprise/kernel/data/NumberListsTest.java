package reprise.kernel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.RunFailure;
import reprise.dsl.data.Columns;
import reprise.dsl.law.Points;

/** Numbers that a script lists, and rows that a table's column chooses. */
@Tag("unit")
class NumberListsTest {
  private static final String SCRIPT =
      """
      def fit(loss): # loss = [9]
          return loss
      if __name__ == "__main__":
          sizes = [
              [1e3, 2000], # small
              [1100, 2200],
          ]
          loss = [[3.5, 3.25], # 2.9], left out
                  [3.0, 2.75]]
          p = [
              [1] * 2,
              [2] * 2,
          ]
          words = [1, name]
          open = [1, 2
      """;

  @TempDir Path folder;

  @Test
  void nestedAndRepeatedListsAreReadInOrder() throws IOException {
    Path file = Files.writeString(folder.resolve("fit.py"), SCRIPT);
    Points points = PointTable.read(file, Columns.lists("N=sizes", "P=p", "loss"));
    assertThat(points.column("N").values()).containsExactly(1000, 2000, 1100, 2200);
    assertThat(points.column("P").values()).containsExactly(1, 1, 2, 2);
    assertThat(points.column("loss").values()).containsExactly(3.5, 3.25, 3, 2.75);
    assertThat(points.labels().getLast()).isEqualTo("fit.py, number 4");
  }

  @Test
  void whatIsNoListOfNumbersIsRefused() {
    NumberLists lists = new NumberLists("fit.py", SCRIPT);
    assertThatThrownBy(() -> lists.numbers("absent"))
        .isInstanceOf(RunFailure.class)
        .hasMessage("fit.py assigns no list to absent");
    assertThatThrownBy(() -> lists.numbers("words"))
        .hasMessage("fit.py: the list words holds more than numbers");
    assertThatThrownBy(() -> lists.numbers("open"))
        .hasMessage("fit.py: the list open holds more than numbers");
    assertThatThrownBy(() -> lists.points(Columns.named("N=sizes", "x=words")))
        .isInstanceOf(RunFailure.class);
  }

  @Test
  void aColumnChoosesRows() throws IOException {
    Path file =
        Files.writeString(folder.resolve("losses.csv"), "corpus,N,loss\na,1,3\nb,2,4\na,5,6\n");
    Columns.Named named = Columns.named("N", "loss");
    Points points = PointTable.read(file, named.where("corpus", "a"));
    assertThat(points.column("N").values()).containsExactly(1, 5);
    assertThatThrownBy(() -> PointTable.read(file, named.where("corpus", "c")))
        .isInstanceOf(RunFailure.class)
        .hasMessage(file + ": no row has c in column corpus");
  }
}
