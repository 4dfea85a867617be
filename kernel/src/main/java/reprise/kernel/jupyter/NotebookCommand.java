package reprise.kernel.jupyter;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reprise.kernel.data.Home;

/** {@code ./reprise notebook}: opens the notebooks in whatever Jupyter there is. */
@Command(
    name = "notebook",
    description = "Open the notebooks with the Jupyter of this machine.",
    mixinStandardHelpOptions = true)
public final class NotebookCommand implements Callable<Integer> {
  private static final String MISSING =
      """
      There is no Jupyter on the PATH. One of these installs it:
        Debian, Ubuntu   sudo apt install jupyter-notebook
        Fedora           sudo dnf install python3-notebook
        macOS            brew install jupyterlab
        anywhere         pip install jupyterlab    (or: conda install jupyterlab)
      Then run this command again.\
      """;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      defaultValue = "notebooks",
      description = "default: notebooks")
  private Path folder;

  @Option(names = "--no-browser", description = "print the address only")
  private boolean noBrowser;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!Files.isDirectory(folder)) {
      System.err.println(
          "There is no folder " + folder.toAbsolutePath() + "; name one: notebook FOLDER");
      return 1;
    }
    var jupyter = find(System.getenv().getOrDefault("PATH", ""));
    if (jupyter.isEmpty()) {
      System.err.println(MISSING);
      return 1;
    }
    // A kernelspec of its own, so that the command works without an installation.
    var data = Home.folder().resolve("kernel").resolve("notebook");
    try {
      Install.of(System.out::println).ensure(data.toString(), Install.NAME);
    } catch (Install.Failed e) {
      System.err.println(e.getMessage());
      return 1;
    }
    boolean root = "root".equals(System.getProperty("user.name"));
    if (root) {
      System.err.println(
          "You are root, which Jupyter refuses unless told --allow-root; it is told so. Who reaches"
              + " the notebook's address with its token is root here, too.");
    }
    var builder = new ProcessBuilder(command(jupyter.get(), root)).inheritIO();
    builder
        .environment()
        .merge(
            "JUPYTER_PATH",
            data.resolve("share/jupyter").toString(),
            (a, b) -> b + File.pathSeparator + a);
    return builder.start().waitFor();
  }

  private List<String> command(Path jupyter, boolean root) {
    var command = new ArrayList<String>(List.of(jupyter.toString(), folder.toString()));
    if (noBrowser) {
      command.add("--no-browser");
    }
    if (root) {
      command.add("--allow-root");
    }
    return command;
  }

  /** JupyterLab, else the classic notebook. */
  static Optional<Path> find(String path) {
    return Stream.of("jupyter-lab", "jupyter-notebook", "jupyter-nbclassic")
        .flatMap(name ->
            Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .flatMap(
                    folder -> Stream.of(Path.of(folder, name), Path.of(folder, name + ".exe"))))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
