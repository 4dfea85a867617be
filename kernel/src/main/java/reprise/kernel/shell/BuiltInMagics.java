package reprise.kernel.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import reprise.kernel.display.MimeBundle;

/** The magics of the IJava lineage that need no more than the shell. */
final class BuiltInMagics {
  private BuiltInMagics() {}

  static List<Magic> all() {
    var all =
        new ArrayList<Magic>(List.of(new Help(), new Jars(), new Load(), new Time(), new TimeIt()));
    all.addAll(MavenMagics.all());
    return all;
  }

  /** {@code %help}. */
  private record Help() implements Magic {
    @Override
    public List<String> names() {
      return List.of("help", "lsmagic");
    }

    @Override
    public String help() {
      return "%help: the magics there are";
    }

    @Override
    public Object run(Call call) {
      var lines = call.shell().magics().help().values();
      return MimeBundle.text(String.join("\n", lines))
          .html(
              lines.stream()
                  .map(line -> {
                    int colon = line.indexOf(": ");
                    return "<tr><td style=\"text-align:left\"><code>"
                        + Javadoc.escape(line.substring(0, colon))
                        + "</code></td><td style=\"text-align:left\">"
                        + Javadoc.escape(line.substring(colon + 2))
                        + "</td></tr>";
                  })
                  .collect(Collectors.joining("", "<table>", "</table>")));
    }
  }

  /** {@code %jars} and {@code %classpath}. */
  private record Jars() implements Magic {
    @Override
    public List<String> names() {
      return List.of("jars", "classpath");
    }

    @Override
    public String help() {
      return "%jars lib/*.jar: adds jars (also %classpath, folders too) to what cells can use";
    }

    @Override
    public Object run(Call call) {
      if (call.words().isEmpty()) {
        throw call.error("name jars or folders, for example %jars lib/*.jar");
      }
      var added = new ArrayList<Path>();
      for (var word : call.words()) {
        var found = Globs.expand(word);
        if (found.isEmpty()) {
          throw call.error(
              "nothing is at '" + word + "', seen from " + Path.of("").toAbsolutePath());
        }
        added.addAll(found);
      }
      call.shell().addToClassPath(added);
      return null;
    }
  }

  /** {@code %load}. */
  private record Load() implements Magic {
    @Override
    public List<String> names() {
      return List.of("load");
    }

    @Override
    public String help() {
      return "%load file.jshell: runs a file of Java (or a notebook's code cells) here";
    }

    @Override
    public Object run(Call call) throws IOException {
      if (call.rest().isBlank()) {
        throw call.error("name a file, for example %load helpers.jshell");
      }
      var file = Path.of(call.words().getFirst());
      if (!Files.isRegularFile(file)) {
        throw call.error("there is no file " + file.toAbsolutePath());
      }
      var cells =
          file.toString().endsWith(".ipynb")
              ? NotebookCode.cells(file)
              : List.of(new Cell(file.getFileName().toString(), Files.readString(file)));
      for (var cell : cells) {
        switch (call.shell().eval(cell)) {
          case Outcome.Failed(var failure) -> throw new InCell.EvalFailure(failure);
          case Outcome.Stopped(var failure) -> throw new InCell.EvalFailure(failure);
          case Outcome.Value v -> {}
          case Outcome.Done d -> {}
        }
      }
      return null;
    }
  }

  /** {@code %time} and {@code %%time}. */
  private record Time() implements Magic {
    @Override
    public List<String> names() {
      return List.of("time");
    }

    @Override
    public String help() {
      return "%time statement: runs it (or, as %%time, the cell) and prints how long it took";
    }

    @Override
    public Object run(Call call) {
      long start = System.nanoTime();
      var value = Timing.run(call);
      System.out.println("Wall time: " + Timing.text(System.nanoTime() - start));
      return value;
    }
  }

  /** {@code %timeit} and {@code %%timeit}. */
  private record TimeIt() implements Magic {
    @Override
    public List<String> names() {
      return List.of("timeit");
    }

    @Override
    public String help() {
      return "%timeit statement: runs it (or, as %%timeit, the cell) many times, compiled once;"
          + " prints median and spread";
    }

    @Override
    public Object run(Call call) {
      System.out.println(Timing.repeat(call));
      return null;
    }
  }
}
