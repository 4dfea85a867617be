package reprise.tensor.cpu;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import reprise.tensor.Session;
import reprise.tensor.ir.Op;
import reprise.tensor.ir.TensorType;

/**
 * Where the time of a function goes: the least time each of its instructions took over all steps of
 * a session, so that neighbours on a busy machine do not show.
 */
public final class Profile {
  /** Sessions that are opened while this property is true time their instructions. */
  public static final String PROPERTY = "reprise.profile";

  private Profile() {}

  /** One instruction: what it did, to what, and its least seconds of a step. */
  public record Entry(Op op, List<TensorType> operands, double seconds) {}

  /**
   * The instructions of a function, in order.
   *
   * @throws IllegalArgumentException unless the session is one of the C backend, opened with {@link
   *     #PROPERTY} set
   */
  public static List<Entry> of(Session session, String function) {
    if (session instanceof CpuSession s) {
      List<Entry> list = s.profile(function);
      if (!list.isEmpty()) {
        return list;
      }
    }
    throw new IllegalArgumentException(
        "no profile: open a session of the native backend with -D" + PROPERTY + "=true");
  }

  /** A table by operation and, for products, shape: milliseconds, share, times it ran. */
  public static String table(List<Entry> entries) {
    Map<String, double[]> rows = new LinkedHashMap<>();
    Function<Entry, String> name =
        e -> {
          String mnemonic = e.op().mnemonic();
          boolean product = mnemonic.startsWith("mat_mul") || mnemonic.startsWith("dense");
          return product ? e.op() + " " + e.operands().subList(0, 2) : mnemonic;
        };
    double total = 0;
    for (Entry e : entries) {
      double[] row = rows.computeIfAbsent(name.apply(e), k -> new double[2]);
      row[0] += e.seconds();
      row[1]++;
      total += e.seconds();
    }
    StringBuilder s = new StringBuilder();
    double all = total;
    rows.entrySet().stream()
        .sorted(Comparator.comparingDouble(r -> -r.getValue()[0]))
        .forEach(r ->
            s.append(
                String.format(
                    Locale.ROOT,
                    "%9.3f ms %5.1f %% %4.0f x %s%n",
                    r.getValue()[0] * 1e3,
                    100 * r.getValue()[0] / all,
                    r.getValue()[1],
                    r.getKey())));
    return s.append(String.format(Locale.ROOT, "%9.3f ms in all%n", all * 1e3)).toString();
  }
}
