package reprise.kernel.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import reprise.dsl.RunFailure;
import reprise.dsl.plan.Task;
import reprise.dsl.result.Outcome;
import reprise.dsl.result.Provenance;
import reprise.tensor.ir.Program;

/** The trainers on the class path, fresh for one plan. */
public final class Trainers {
  private final Map<Class<?>, Trainer<?>> byKind = new LinkedHashMap<>();

  /** Finds them. */
  public Trainers() {
    for (Trainer<?> trainer : ServiceLoader.load(Trainer.class, Trainer.class.getClassLoader())) {
      byKind.put(trainer.kind(), trainer);
    }
  }

  /**
   * The trainer of a task's kind.
   *
   * @throws RunFailure when there is none
   */
  @SuppressWarnings("unchecked") // a trainer is found under the kind that it names
  public <T extends Task> Trainer<T> of(T task) {
    Trainer<?> trainer = byKind.get(task.getClass());
    if (trainer == null) {
      throw new RunFailure(
          "nothing on the class path carries out "
              + task.getClass().getName()
              + " of run "
              + task.id()
              + "; name its trainer in META-INF/services/"
              + Trainer.class.getName());
    }
    return (Trainer<T>) trainer;
  }

  /** The program of a task, where it has one. */
  public Optional<Program> program(Task task) {
    return of(task).program(task);
  }

  List<Provenance.Data> data(Task task) {
    return of(task).data(task);
  }

  double seconds(Task task, StepCost cost) {
    return of(task).seconds(task, cost);
  }

  List<Outcome.EntropyRate> entropyRates(List<Task> tasks) {
    return kinds(tasks).stream().flatMap(kind -> rates(kind).stream()).toList();
  }

  private <T extends Task> List<Outcome.EntropyRate> rates(List<T> kind) {
    return of(kind.getFirst()).entropyRates(kind);
  }

  /** Work for one thread. */
  record Bundle<T extends Task>(Trainer<T> trainer, List<T> tasks) {
    double flops() {
      return tasks.stream().mapToDouble(task -> task.flops().count()).sum();
    }
  }

  /** Shares tasks of several kinds out. */
  List<Bundle<?>> bundles(List<Task> open, int workers) {
    List<Bundle<?>> bundles = new ArrayList<>();
    for (List<Task> kind : kinds(open)) {
      bundles.addAll(share(kind, workers));
    }
    return bundles;
  }

  private <T extends Task> List<Bundle<T>> share(List<T> kind, int workers) {
    Trainer<T> trainer = of(kind.getFirst());
    return trainer.bundles(kind, workers).stream()
        .map(tasks -> new Bundle<>(trainer, List.copyOf(tasks)))
        .toList();
  }

  private static List<List<Task>> kinds(List<Task> tasks) {
    Map<Class<?>, List<Task>> kinds = new LinkedHashMap<>();
    tasks.forEach(t -> kinds.computeIfAbsent(t.getClass(), k -> new ArrayList<>()).add(t));
    return List.copyOf(kinds.values());
  }
}
