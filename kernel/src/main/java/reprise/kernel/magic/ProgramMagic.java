package reprise.kernel.magic;

import java.util.List;
import reprise.kernel.run.Trainers;
import reprise.kernel.shell.Magic;

/** {@code %program}. */
public final class ProgramMagic implements Magic {
  @Override
  public List<String> names() {
    return List.of("program");
  }

  @Override
  public String help() {
    return "%program experiment: the tensor program that its first run is compiled to (also"
        + " %%program, and %program chinchilla smoke)";
  }

  @Override
  public Object run(Call call) {
    Trainers trainers = new Trainers();
    return Operand.plans(call).stream()
        .flatMap(plan -> plan.runs().stream())
        .flatMap(run -> trainers.program(run).stream())
        .findFirst()
        .orElseThrow(() ->
            call.error("this trains nothing, so there is no program; %plan shows what it does"));
  }
}
