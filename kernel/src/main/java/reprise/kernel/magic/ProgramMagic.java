package reprise.kernel.magic;

import java.util.List;
import reprise.dsl.plan.TrainTask;
import reprise.kernel.compile.TrainCompiler;
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
    TrainTask first =
        Operand.plans(call).stream()
            .flatMap(plan -> plan.runs().stream())
            .findFirst()
            .orElseThrow(() ->
                call.error(
                    "this trains nothing, so there is no program; %plan shows what it does"));
    return new TrainCompiler().compile(first).program();
  }
}
