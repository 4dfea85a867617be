package reprise.kernel.shell;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs snippets in this JVM, each on a thread of its own, and keeps the live result. The JDK's
 * local execution control supplies class loading and the weaving of stop checks.
 */
final class CellControl extends LocalExecutionControl {
  /** How long a stopped cell may take to notice before it is left to itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Deep recursion is common in teaching; reserved, not used, until it happens. */
  private static final long STACK = 16L << 20;

  private final StopFlag flag;
  private final Duration timeout;
  private final ClassLoader context;
  private final List<Running> running = new ArrayList<>();
  private boolean stopNext;
  private String lastClass = "";
  private Consumer<String> beforeRun = className -> {};
  private volatile Ended last = new Ended.Nothing();

  /** How the last snippet ended. */
  sealed interface Ended {
    record Nothing() implements Ended {}

    record Result(Object value) implements Ended {}

    record Threw(Throwable thrown) implements Ended {}

    record Stopped() implements Ended {}

    /** Stopped, but the thread did not end: it is inside the method named. */
    record Abandoned(String method) implements Ended {}

    record TimedOut(Duration timeout) implements Ended {}

    record Broken(String reason) implements Ended {}
  }

  private static final class Running {
    final ThreadGroup group;
    final CountDownLatch end = new CountDownLatch(1);
    final CountDownLatch stop = new CountDownLatch(1);
    volatile Thread thread;
    volatile Ended ended = new Ended.Nothing();

    Running(String name) {
      group = new ThreadGroup(name);
    }
  }

  CellControl(StopFlag flag, Duration timeout) {
    var before = Thread.currentThread().getContextClassLoader();
    this.flag = flag;
    this.timeout = timeout;
    super(flag);
    // The loader of snippets is private to the JDK's class, which leaves it here.
    context = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(before);
  }

  ExecutionControlProvider provider() {
    return new ExecutionControlProvider() {
      @Override
      public String name() {
        return "cells";
      }

      @Override
      public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
        return CellControl.this;
      }
    };
  }

  /** Called with the class of each snippet that is run, before it is. */
  void beforeRun(Consumer<String> next) {
    beforeRun = next;
  }

  /** The loader that sees what cells have declared. */
  ClassLoader loader() {
    return context;
  }

  /** A cell begins: earlier interrupts are over. */
  void begin() {
    synchronized (running) {
      stopNext = false;
    }
  }

  /** Nothing more is begun until {@link #begin}: an interrupt may come while a cell compiles. */
  void stopNext() {
    synchronized (running) {
      stopNext = true;
    }
  }

  /** The cell has ended by itself: an interrupt that came too late must not hit what follows. */
  void settle() {
    begin();
    flag.set(false);
  }

  /** How the last snippet ended; asked once. */
  Ended take() {
    var ended = last;
    last = new Ended.Nothing();
    return ended;
  }

  /** The class of the snippet that ran last. */
  String lastClass() {
    return lastClass;
  }

  /** What a static field of a snippet's class holds; empty for null and where there is none. */
  Optional<Object> value(String className, String field) {
    try {
      var declared = context.loadClass(className).getDeclaredField(field);
      declared.setAccessible(true);
      return Optional.ofNullable(declared.get(null));
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty();
    }
  }

  /** Frees what a static field of a snippet's class holds; primitives hold nothing. */
  void forget(String className, String field) {
    try {
      var declared = context.loadClass(className).getDeclaredField(field);
      declared.setAccessible(true);
      if (!declared.getType().isPrimitive()) {
        declared.set(null, null);
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      // Its class was never initialised, or could not be: then it holds nothing.
      return;
    }
  }

  @Override
  public void load(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    var guarded = new ClassBytecodes[classes.length];
    for (int i = 0; i < classes.length; i++) {
      guarded[i] = new ClassBytecodes(classes[i].name(), ExitGuard.guard(classes[i].bytecodes()));
    }
    super.load(guarded);
  }

  @Override
  public String invoke(String className, String methodName)
      throws RunException, EngineTerminationException, InternalException {
    lastClass = className;
    beforeRun.accept(className);
    try {
      return super.invoke(className, methodName);
    } catch (InternalException e) {
      last = new Ended.Broken(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  @Override
  protected String invoke(Method method) throws Exception {
    last = run(() -> method.invoke(null));
    if (last instanceof Ended.Threw(var thrown)) {
      throw new InvocationTargetException(thrown);
    }
    if (last instanceof Ended.Stopped
        || last instanceof Ended.Abandoned
        || last instanceof Ended.TimedOut) {
      throw new StoppedException();
    }
    // The live object is kept; its text would be computed for nothing.
    return "";
  }

  /** Runs something as a cell runs: on a thread of its own that {@link #stop} reaches. */
  Ended run(Callable<?> work) throws InterruptedException {
    var run = new Running(Thread.currentThread().getName());
    var thread = new Thread(run.group, () -> call(work, run), "cell", STACK);
    thread.setContextClassLoader(context);
    run.thread = thread;
    synchronized (running) {
      if (running.isEmpty()) {
        if (stopNext) {
          return new Ended.Stopped();
        }
        flag.set(false);
      }
      running.add(run);
    }
    try {
      thread.start();
      return await(run);
    } finally {
      synchronized (running) {
        running.remove(run);
      }
    }
  }

  @SuppressWarnings("removal")
  private static void call(Callable<?> work, Running run) {
    try {
      run.ended = new Ended.Result(work.call());
    } catch (InvocationTargetException e) {
      run.ended =
          e.getCause() instanceof ThreadDeath ? new Ended.Stopped() : new Ended.Threw(e.getCause());
    } catch (ThreadDeath e) {
      run.ended = new Ended.Stopped();
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      // An error here was thrown so close to the edge that reflection could not wrap it.
      run.ended = new Ended.Threw(e);
    } finally {
      run.end.countDown();
    }
  }

  private Ended await(Running run) throws InterruptedException {
    boolean ended;
    boolean late = false;
    if (timeout.isPositive()) {
      ended = run.end.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        late = run.stop.getCount() > 0;
        halt(run);
        ended = run.end.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } else {
      ended = awaitEndOrStop(run);
    }
    if (late) {
      return new Ended.TimedOut(timeout);
    }
    if (!ended) {
      return new Ended.Abandoned(where(run.thread));
    }
    boolean stopped = run.stop.getCount() == 0;
    return stopped && run.ended instanceof Ended.Threw(var thrown) && fromInterrupt(thrown)
        ? new Ended.Stopped()
        : run.ended;
  }

  private static boolean awaitEndOrStop(Running run) throws InterruptedException {
    while (true) {
      if (run.end.await(250, TimeUnit.MILLISECONDS)) {
        return true;
      }
      if (run.stop.getCount() == 0) {
        return run.end.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  /** What a sleep, a wait or a channel throws when its thread is interrupted. */
  private static boolean fromInterrupt(Throwable thrown) {
    for (var t = thrown; t != null; t = t.getCause()) {
      if (t instanceof InterruptedException
          || t instanceof java.io.InterruptedIOException
          || t instanceof java.nio.channels.ClosedByInterruptException) {
        return true;
      }
    }
    return false;
  }

  private static String where(Thread thread) {
    return Optional.of(thread.getStackTrace())
        .filter(frames -> frames.length > 0)
        .map(frames -> frames[0].getClassName() + "." + frames[0].getMethodName())
        .orElse("unknown code");
  }

  /** Stops what runs now, from any thread; returns at once. */
  @Override
  public void stop() {
    List<Running> now;
    synchronized (running) {
      now = List.copyOf(running);
    }
    now.forEach(this::halt);
  }

  private void halt(Running run) {
    flag.set(true);
    run.stop.countDown();
    // The cell's own threads and those it started.
    run.group.interrupt();
  }
}
