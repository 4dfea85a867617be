package reprise.kernel.shell;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The magics that fetch libraries; those of a shell share its repositories. */
final class MavenMagics {
  private MavenMagics() {}

  static List<Magic> all() {
    var repositories = new LinkedHashMap<String, String>();
    return List.of(
        new Maven(repositories), new Repository(repositories), new LoadFromPom(repositories));
  }

  private static String xml(Map<String, String> repositories) {
    return repositories.isEmpty()
        ? ""
        : repositories.entrySet().stream()
            .map(r ->
                "<repository><id>"
                    + r.getKey()
                    + "</id><url>"
                    + r.getValue()
                    + "</url></repository>")
            .collect(Collectors.joining("", "<repositories>", "</repositories>"));
  }

  /** {@code %maven}. */
  private record Maven(Map<String, String> repositories) implements Magic {
    @Override
    public List<String> names() {
      return List.of("maven", "addMavenDependency", "addMavenDependencies");
    }

    @Override
    public String help() {
      return "%maven group:artifact:version: adds libraries and what they need, through Maven";
    }

    @Override
    public Object run(Call call) throws IOException, InterruptedException {
      if (call.words().isEmpty()) {
        throw call.error(
            "name a library, for example %maven org.apache.commons:commons-math3:3.6.1");
      }
      MavenResolver.add(call, MavenResolver.pom(call, call.words(), xml(repositories)));
      return null;
    }
  }

  /** {@code %mavenRepo}. */
  private record Repository(Map<String, String> repositories) implements Magic {
    @Override
    public List<String> names() {
      return List.of("mavenRepo", "addMavenRepo", "repo");
    }

    @Override
    public String help() {
      return "%mavenRepo name https://...: %maven looks there first, then where Maven's settings"
          + " say";
    }

    @Override
    public Object run(Call call) {
      var words = call.words();
      if (words.size() != 2 || !words.getFirst().matches("[\\w.-]+") || !isAddress(words.get(1))) {
        throw call.error(
            "give a name and an address, for example %mavenRepo jitpack https://jitpack.io");
      }
      repositories.put(words.getFirst(), words.get(1));
      return null;
    }

    private static boolean isAddress(String text) {
      try {
        var uri = URI.create(text);
        return uri.isAbsolute() && !text.matches(".*[<>&\"'].*");
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
  }

  /** {@code %%loadFromPOM}. */
  private record LoadFromPom(Map<String, String> repositories) implements Magic {
    @Override
    public List<String> names() {
      return List.of("loadFromPOM");
    }

    @Override
    public String help() {
      return "%%loadFromPOM: adds the <dependency> elements of the cell; %loadFromPOM pom.xml those"
          + " of a file";
    }

    @Override
    public Object run(Call call) throws IOException, InterruptedException {
      MavenResolver.add(
          call,
          call.body() == null
              ? MavenResolver.file(call)
              : MavenResolver.wrap(call.body(), xml(repositories)));
      return null;
    }
  }
}
