package reprise.kernel.jupyter;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import reprise.kernel.data.Home;
import reprise.kernel.render.LiveProgress;
import reprise.kernel.run.Watchers;
import reprise.kernel.shell.Shell;
import reprise.kernel.shell.ShellOptions;

/** Starts the kernel: {@code KernelMain <connection file> [--debugger]}, as the kernelspec says. */
public final class KernelMain {
  /** How long shutdown hooks of user code may take. */
  private static final Duration HOOKS = Duration.ofSeconds(1);

  private static final long STACK = 64L << 20;

  private KernelMain() {}

  public static void main(String[] args) throws InterruptedException {
    var arguments = List.of(args);
    boolean debugger = arguments.size() == 2 && arguments.getLast().equals(KernelSpec.DEBUGGER);
    if (arguments.size() != 1 && !debugger) {
      Log.warn(
          "give one argument, the connection file; a notebook does this by itself once"
              + " './reprise kernel install' has run");
      System.exit(2);
    }
    int status = run(Path.of(args[0]), Home.folder().resolve("kernel"), debugger);
    haltAfterHooks(status);
    System.exit(status);
  }

  /** Runs a kernel until it is shut down; the exit status. */
  static int run(Path connectionFile) throws InterruptedException {
    return run(connectionFile, Home.folder().resolve("kernel"), false);
  }

  /**
   * @param home where history and notes are kept
   */
  private static int run(Path connectionFile, Path home, boolean debugger)
      throws InterruptedException {
    // JShell takes longest, so it begins before there is a socket; code of the user's runs later
    var shell =
        new FutureTask<>(() -> {
          var options = ShellOptions.fromEnvironment(System.getenv());
          return Shell.prepare(debugger ? options.withCompilerOption("-g") : options);
        });
    Thread.ofPlatform().name("warm-up").daemon().stackSize(STACK).start(shell);
    try (var kernel =
        new Kernel(ConnectionFile.read(connectionFile), home.resolve("history.jsonl"), debugger)) {
      endWithParent();
      var before = Predecessor.of(home.resolve("running"), connectionFile);
      before.story().ifPresent(kernel::tell);
      Watchers.use(new LiveProgress());
      kernel.start(() -> shell.get().start());
      kernel.await();
      before.close();
    } catch (ConnectionFile.Unusable e) {
      Log.warn(e.getMessage());
      return 1;
    }
    return 0;
  }

  /** A front end that was killed cannot shut its kernels down. */
  private static void endWithParent() {
    var pid = System.getenv("JPY_PARENT_PID");
    if (pid == null || !pid.matches("[1-9][0-9]*")) {
      return;
    }
    ProcessHandle.of(Long.parseLong(pid))
        .ifPresent(parent ->
            parent
                .onExit()
                .thenRun(() -> {
                  Log.warn("Jupyter has gone, so this kernel ends");
                  haltAfterHooks(1);
                  System.exit(1);
                }));
  }

  /** Hooks of user code may take a moment, and no longer. */
  private static void haltAfterHooks(int status) {
    Thread.ofPlatform()
        .daemon()
        .name("halt")
        .start(() -> {
          try {
            Thread.sleep(HOOKS);
          } catch (InterruptedException e) {
            Log.debug("halt at once");
          }
          Runtime.getRuntime().halt(status);
        });
  }
}
