package reprise.kernel.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

@Tag("unit")
class TablesTest {
  private static final Tables.Bounds FIVE = new Tables.Bounds(5, 4);

  @Test
  void rowsAreBoundedAndTheRestIsCounted() {
    String html = Tables.html(InventedPaper.table(125), FIVE);
    assertThat(html).contains("… 120 more rows").doesNotContain("run-5");
    assertThat(html.split("<tr")).hasSize(1 + 1 + 5 + 1);
    assertThat(Tables.text(InventedPaper.table(6), FIVE)).endsWith("… 1 more row");
    assertThat(Tables.text(InventedPaper.table(5), FIVE)).doesNotContain("…");
  }

  @Test
  void columnsAreBoundedToo() {
    Table table = Table.create("wide");
    for (int i = 0; i < 7; i++) {
      table.addColumns(IntColumn.create("c" + i, new int[] {i}));
    }
    assertThat(Tables.html(table, FIVE)).contains("c3", "… 3 more columns").doesNotContain("c4");
    assertThat(Tables.text(table, FIVE))
        .isEqualTo("wide\nc0  c1  c2  c3\n 0   1   2   3\n… 3 more columns");
  }

  @Test
  void numbersHaveFourDigitsStandRightAndMissingOnesAreEmpty() {
    assertThat(Tables.html(InventedPaper.table(3), FIVE))
        .contains("<td class=\"n\">2.123</td>", "<td>run-1</td><td class=\"n\"></td>")
        .doesNotContain("2.1234", "NaN");
    assertThat(Tables.text(InventedPaper.table(3), FIVE))
        .isEqualTo(
            """
            runs
            run    loss <nats>
            run-0        2.123
            run-1
            run-2        4.123\
            """);
  }

  @Test
  void namesAreEscaped() {
    assertThat(Tables.html(InventedPaper.table(1), FIVE))
        .contains("loss &lt;nats&gt;")
        .doesNotContain("<nats>");
    assertThat(Tables.markdown(InventedPaper.table(1), FIVE))
        .isEqualTo("| run | loss \\<nats\\> |\n|---|---:|\n| run-0 | 2.123 |");
  }

  @Test
  void anEmptyTableAndSillyBounds() {
    assertThat(Tables.html(InventedPaper.table(0), FIVE)).contains("<tbody></tbody>");
    assertThatThrownBy(() -> new Tables.Bounds(0, 3))
        .hasMessage("a table shows at least one row and column, got 0 x 3");
  }
}
