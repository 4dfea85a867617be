package reprise.kernel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Year;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reprise.dsl.RunFailure;
import reprise.dsl.claim.Catalogue;
import reprise.dsl.claim.Entry;

/** {@code ./reprise new-paper my-paper}. */
@Command(
    name = "new-paper",
    description =
        "Makes card, reproduction, test and notebook of a paper from a template that compiles and"
            + " runs. Nothing that exists is overwritten.",
    mixinStandardHelpOptions = true)
final class NewPaperCommand implements Callable<Integer> {
  private static final String SERVICE =
      "reproductions/src/main/resources/META-INF/services/reprise.dsl.repro.Reproduction";

  @Parameters(
      paramLabel = "<name>",
      description =
          "lower-case words joined by '-'; the name of a paper of the catalogue fills in the rest")
  private String slug;

  @Option(names = "--title", description = "of the paper")
  private String title;

  @Option(names = "--author", description = "first author")
  private String author;

  @Option(names = "--year", description = "of the paper")
  private Integer year;

  @Option(names = "--arxiv", description = "its id there")
  private String arxiv;

  @Option(names = "--family", description = "such as scaling-laws")
  private String family;

  @Option(
      names = "--root",
      defaultValue = "${sys:reprise.root:-.}",
      description = "the folder of the Reprise sources; default: where ./reprise lies")
  private Path root;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    if (!slug.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(
          "'" + slug + "': a paper's name is lower-case words joined by '-', such as my-paper");
    }
    if (!SourceVersion.isName(fill("@package@"))) {
      throw new IllegalArgumentException(
          "'" + slug + "' is a word of the Java language; choose another name");
    }
    if (!Files.isRegularFile(root.resolve(SERVICE))) {
      throw new IllegalArgumentException(
          root.toAbsolutePath().normalize()
              + " does not hold the sources of Reprise ("
              + SERVICE
              + " is missing); run ./reprise from a clone, or give --root");
    }
    Map<Path, String> files = files();
    for (Path file : files.keySet()) {
      if (Files.exists(file)) {
        throw new IllegalArgumentException(
            root.relativize(file) + " is there already; choose another name, nothing was written");
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      for (var file : files.entrySet()) {
        Files.createDirectories(file.getKey().getParent());
        Files.writeString(file.getKey(), file.getValue());
        out.println(root.relativize(file.getKey()));
      }
      Files.writeString(
          root.resolve(SERVICE),
          fill("reprise.repro.@package@.@Name@Reproduction\n"),
          StandardOpenOption.APPEND);
      out.println(SERVICE + " (one line added)");
    } catch (IOException failure) {
      throw new RunFailure("the paper's files cannot be written: " + failure, failure);
    }
    out.println();
    out.println("Next: ./reprise reproduce " + slug + " --scale smoke");
    out.println("Then write the claims and their rules into the card before the first real run.");
    out.flush();
    return 0;
  }

  private Map<Path, String> files() {
    String folder = fill("@package@");
    String name = fill("@Name@");
    Path card = root.resolve("papers/src/main/java/reprise/papers").resolve(folder);
    Path runs = root.resolve("reproductions/src/main/java/reprise/repro").resolve(folder);
    Path test = root.resolve("src/test/java/reprise/repro").resolve(folder);
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(card.resolve("package-info.java"), template("CardPackage.java.txt"));
    files.put(card.resolve(name + "Card.java"), template("Card.java.txt"));
    files.put(runs.resolve("package-info.java"), template("ReproductionPackage.java.txt"));
    files.put(runs.resolve(name + "Reproduction.java"), template("Reproduction.java.txt"));
    files.put(test.resolve(name + "ReproductionTest.java"), template("Test.java.txt"));
    files.put(root.resolve("notebooks").resolve(slug + ".ipynb"), template("notebook.ipynb.txt"));
    return files;
  }

  private String template(String file) {
    try (InputStream in = NewPaperCommand.class.getResourceAsStream("new-paper/" + file)) {
      if (in == null) {
        throw new IllegalStateException("the template " + file + " is not on the class path");
      }
      return fill(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new RunFailure("the template " + file + " cannot be read: " + failure, failure);
    }
  }

  private String fill(String text) {
    Entry known =
        Catalogue.all().stream().filter(e -> e.slug().equals(slug)).findFirst().orElse(null);
    String pack = slug.replace("-", "");
    StringBuilder name = new StringBuilder();
    for (String word : slug.split("-")) {
      name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return text.replace("@package@", pack)
        .replace("@Name@", name)
        .replace("@slug@", slug)
        .replace("@title@", quoted(or(title, known == null ? "My paper" : known.title())))
        .replace("@author@", quoted(or(author, "First Author")))
        .replace(
            "@year@",
            String.valueOf(
                year != null ? year : known == null ? Year.now().getValue() : known.year()))
        .replace("@arxiv@", quoted(or(arxiv, known == null ? "0000.00000" : known.arxiv())))
        .replace("@family@", quoted(or(family, known == null ? "scaling-laws" : known.family())));
  }

  private static String or(String given, String otherwise) {
    return given == null ? otherwise : given;
  }

  // What may stand in a Java string, a Javadoc comment and JSON alike.
  private static String quoted(String text) {
    return text.replace("\\", "").replace("\"", "'").replace("*/", "").replace("@", "at ");
  }
}
