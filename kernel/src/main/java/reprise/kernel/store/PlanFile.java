package reprise.kernel.store;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Plan;

/**
 * {@code plan.json}: a plan that another process or machine can carry out. Its hash is checked when
 * it is read.
 */
public final class PlanFile {
  static final String NAME = "plan.json";

  private PlanFile() {}

  /** As JSON; empty for a plan that holds something else than records, enums, lists and values. */
  public static Optional<String> text(Plan plan) {
    try {
      return Optional.of(
          RecordJson.write(new Plan(plan.title(), plan.runs(), plan.analyses())).toString());
    } catch (RecordJson.Unwritable own) {
      return Optional.empty();
    }
  }

  /**
   * The plan in that folder of the store.
   *
   * @throws RunFailure when there is none or it is not what the folder's name says
   */
  public static Plan read(Path folder) {
    return read(folder, folder.toAbsolutePath().normalize().getFileName().toString());
  }

  /**
   * The plan of that hash in any folder.
   *
   * @throws RunFailure when there is none or it has another hash
   */
  public static Plan read(Path folder, String hash) {
    Path file = folder.resolve(NAME);
    try {
      Object read = RecordJson.read(JsonParser.parseString(Files.readString(file)), Plan.class);
      if (read instanceof Plan plan && plan.hash().equals(hash)) {
        return plan;
      }
      throw new RunFailure(
          file
              + " holds another plan than "
              + hash
              + "; make it again with the Reprise that wrote it");
    } catch (IOException missing) {
      throw new RunFailure(
          "no plan.json in "
              + folder
              + ": the plan was run by an older Reprise, or its tasks are not records",
          missing);
    } catch (JsonParseException | RecordJson.Unwritable bad) {
      throw new RunFailure(file + " cannot be read: " + bad.getMessage(), bad);
    }
  }
}
