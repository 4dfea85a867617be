package reprise.kernel.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import reprise.dsl.plan.Plan;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Reproductions;
import reprise.dsl.unit.Numbers;
import reprise.kernel.run.LocalEngine;

/** {@code ./reprise plan chinchilla}. */
@Command(
    name = "plan",
    description =
        "Prints what a reproduction would do: runs, parameters, tokens, FLOP, memory, expected time"
            + " on this machine. Runs nothing.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<paper>", description = "such as chinchilla; see ./reprise papers")
  private String paper;

  @Mixin private ScaleOption scale;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    Reproduction reproduction = Reproductions.named(paper);
    LocalEngine engine = new LocalEngine();
    PrintWriter out = spec.commandLine().getOut();
    double seconds = 0;
    double flops = 0;
    int runs = 0;
    for (Part<?> part : reproduction.parts(scale.scale())) {
      Plan plan = engine.cost(part.experiment().plan());
      out.println(part.name() + ": " + part.about());
      out.println(plan);
      seconds += plan.cost().orElseThrow().seconds();
      flops += plan.flops();
      runs += plan.runs().size();
    }
    out.printf(
        "%s at %s scale: %d runs, %s FLOP, about %s on this machine%n",
        paper, scale.scale().word(), runs, Numbers.scientific(flops), Numbers.duration(seconds));
    out.flush();
    return 0;
  }
}
