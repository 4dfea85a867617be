package reprise.kernel.shell;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The code cells of a notebook file. */
final class NotebookCode {
  private NotebookCode() {}

  static List<Cell> cells(Path notebook) throws IOException {
    var cells = new ArrayList<Cell>();
    try {
      int number = 0;
      for (var element :
          JsonParser.parseString(Files.readString(notebook))
              .getAsJsonObject()
              .getAsJsonArray("cells")) {
        var cell = element.getAsJsonObject();
        number++;
        if (cell.get("cell_type").getAsString().equals("code")) {
          cells.add(
              new Cell(notebook.getFileName() + " cell " + number, source(cell.get("source"))));
        }
      }
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      throw new Magic.MagicError(
          notebook + " is not a notebook of format 4; open and save it in Jupyter first", e);
    }
    return cells;
  }

  private static String source(JsonElement source) {
    if (source.isJsonPrimitive()) {
      return source.getAsString();
    }
    var text = new StringBuilder();
    source.getAsJsonArray().forEach(line -> text.append(line.getAsString()));
    return text.toString();
  }
}
