package reprise.kernel.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Independent pieces of work over threads; results are stored by index, so order is immaterial. */
final class Parallel {
  private Parallel() {}

  /**
   * Calls a worker's body once for each index in [0, count).
   *
   * @param worker gives each thread a body with scratch space of its own
   */
  static void forEach(int count, int threads, Supplier<IntConsumer> worker) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    Runnable loop =
        () -> {
          IntConsumer body = worker.get();
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            if (Thread.currentThread().isInterrupted()) {
              next.set(count);
              return;
            }
            try {
              body.accept(i);
            } catch (RuntimeException e) {
              failure.compareAndSet(null, e);
              next.set(count);
            }
          }
        };
    List<Thread> helpers = new ArrayList<>();
    for (int t = 1; t < Math.min(threads, count); t++) {
      helpers.add(Thread.ofPlatform().daemon().name("fit-" + t).start(loop));
    }
    loop.run();
    boolean interrupted = Thread.interrupted();
    for (Thread helper : helpers) {
      while (true) {
        try {
          helper.join();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
          next.set(count);
        }
      }
    }
    if (failure.get() != null) {
      throw failure.get();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("fit interrupted");
    }
  }
}
