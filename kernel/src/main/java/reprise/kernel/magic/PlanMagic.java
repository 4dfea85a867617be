package reprise.kernel.magic;

import java.util.List;
import reprise.kernel.display.Display;
import reprise.kernel.shell.Magic;

/** {@code %plan}. */
public final class PlanMagic implements Magic {
  @Override
  public List<String> names() {
    return List.of("plan");
  }

  @Override
  public String help() {
    return "%plan experiment: what would run and what it costs here (also %%plan, and"
        + " %plan chinchilla smoke)";
  }

  @Override
  public Object run(Call call) {
    var plans = Operand.plans(call);
    plans.subList(0, plans.size() - 1).forEach(Display::display);
    return plans.getLast();
  }
}
