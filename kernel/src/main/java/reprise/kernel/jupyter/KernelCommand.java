package reprise.kernel.jupyter;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./reprise kernel}. */
@Command(
    name = "kernel",
    description = "The Jupyter kernel: install it, remove it, see where it is.",
    mixinStandardHelpOptions = true,
    subcommands = {
      KernelCommand.InstallCommand.class,
      KernelCommand.UninstallCommand.class,
      KernelCommand.ListCommand.class,
      KernelCommand.RunCommand.class
    })
public final class KernelCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    System.out.println("Choose one of: kernel install, kernel uninstall, kernel list, kernel run");
    return 2;
  }

  /** Where to install. */
  private static final class Where {
    @Option(names = "--user", description = "for this user (default)")
    private boolean user;

    @Option(names = "--sys-prefix", description = "into the active Python environment")
    private boolean sysPrefix;

    @Option(names = "--prefix", paramLabel = "FOLDER", description = "under FOLDER/share/jupyter")
    private Path prefix;

    private String text() {
      if (prefix != null) {
        return prefix.toString();
      }
      return sysPrefix && !user ? "sys-prefix" : "user";
    }
  }

  /** {@code kernel install}. */
  @Command(
      name = "install",
      description = "Tell Jupyter about the kernel, and build its start-up cache.",
      mixinStandardHelpOptions = true)
  static final class InstallCommand implements Callable<Integer> {
    @ArgGroup private Where where = new Where();

    @Option(names = "--name", description = "default: reprise, reprise-debugger with --debugger")
    private String name;

    @Option(
        names = "--debugger",
        description = "a kernel in whose cells breakpoints can be set; it starts slower")
    private boolean debugger;

    @Option(names = "--no-aot", description = "no start-up cache: installs faster, starts slower")
    private boolean noAot;

    @Override
    public Integer call() {
      try {
        var chosen = name != null ? name : debugger ? Install.NAME + "-debugger" : Install.NAME;
        Install.of(System.out::println).install(where.text(), chosen, !noAot, debugger);
        return 0;
      } catch (Install.Failed e) {
        System.err.println(e.getMessage());
        return 1;
      }
    }
  }

  /** {@code kernel uninstall}. */
  @Command(
      name = "uninstall",
      description = "Remove the kernel from Jupyter.",
      mixinStandardHelpOptions = true)
  static final class UninstallCommand implements Callable<Integer> {
    @Option(names = "--name", defaultValue = Install.NAME, description = "default: reprise")
    private String name;

    @Override
    public Integer call() {
      try {
        return Install.of(System.out::println).uninstall(name).isEmpty() ? 1 : 0;
      } catch (Install.Failed e) {
        System.err.println(e.getMessage());
        return 1;
      }
    }
  }

  /** {@code kernel list}. */
  @Command(
      name = "list",
      description = "Where the kernel is installed, and whether its JDK is there.",
      mixinStandardHelpOptions = true)
  static final class ListCommand implements Callable<Integer> {
    @Override
    public Integer call() {
      var kernels = Install.of(System.err::println).list();
      for (var kernel : kernels) {
        System.out.println(
            kernel.folder()
                + "  "
                + kernel.displayName()
                + (kernel.works() ? "" : "  (its JDK is gone: install it again)"));
      }
      if (kernels.isEmpty()) {
        System.out.println("Not installed. './reprise kernel install' does it.");
      }
      return 0;
    }
  }

  /** {@code kernel run}. */
  @Command(
      name = "run",
      description = "Run the kernel in this process; Jupyter does this.",
      mixinStandardHelpOptions = true)
  static final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CONNECTION_FILE", description = "as Jupyter writes it")
    private Path connectionFile;

    @Override
    public Integer call() throws InterruptedException {
      return KernelMain.run(connectionFile);
    }
  }
}
