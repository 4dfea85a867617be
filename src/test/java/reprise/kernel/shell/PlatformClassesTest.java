package reprise.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.tools.JavaFileManager.Location;
import javax.tools.JavaFileObject.Kind;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class PlatformClassesTest {
  @TempDir private Path folder;
  private final StandardJavaFileManager standard =
      ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);

  private Location module(String name) throws IOException {
    for (var set : standard.listLocationsForModules(StandardLocation.SYSTEM_MODULES)) {
      for (var location : set) {
        if (standard.inferModuleName(location).equals(name)) {
          return location;
        }
      }
    }
    throw new AssertionError("no module " + name);
  }

  @Test
  void theyAreThoseOfTheCompilersOwn() throws IOException {
    PlatformClasses.writeIndex(folder);
    var classes = PlatformClasses.of(folder);
    var base = module("java.base");
    for (var name : List.of("java.lang", "java.util", "java.util.stream", "java.nio.file")) {
      var wanted = new ArrayList<String>();
      standard
          .list(base, name, Set.of(Kind.CLASS), false)
          .forEach(file -> wanted.add(standard.inferBinaryName(base, file)));
      assertThat(classes.list(base, name).orElseThrow())
          .extracting(file -> ((PlatformClasses.PlatformClass) file).binaryName())
          .containsExactlyInAnyOrderElementsOf(wanted);
    }
    assertThat(classes.list(base, "java.util.zip")).isEmpty();
    assertThat(classes.list(StandardLocation.CLASS_PATH, "java.util")).isEmpty();
  }

  @Test
  void theyAreReadFromTheImage() throws IOException {
    PlatformClasses.writeIndex(folder);
    var classes = PlatformClasses.of(folder);
    var base = module("java.base");
    for (var file : classes.list(base, "java.math").orElseThrow()) {
      var name = ((PlatformClasses.PlatformClass) file).binaryName();
      try (var ours = file.openInputStream();
          var theirs = standard.getJavaFileForInput(base, name, Kind.CLASS).openInputStream()) {
        assertThat(ours.readAllBytes()).as(name).isEqualTo(theirs.readAllBytes());
      }
    }
    var logging = module("java.logging");
    try (var ours = classes.moduleInfo(logging).orElseThrow().openInputStream();
        var theirs =
            standard.getJavaFileForInput(logging, "module-info", Kind.CLASS).openInputStream()) {
      assertThat(ours.readAllBytes()).isEqualTo(theirs.readAllBytes());
    }
  }

  @Test
  void aFileOfAnotherJdkIsNotUsed() throws IOException {
    PlatformClasses.writeIndex(folder);
    var file = folder.resolve("platform.txt");
    var lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(0, lines.getFirst() + "0");
    Files.write(file, lines);
    var classes = PlatformClasses.of(folder);
    assertThat(classes.isEmpty()).isTrue();
    assertThat(classes.list(module("java.base"), "java.util")).isEmpty();
    assertThat(classes.moduleInfo(module("java.base"))).isEmpty();
    assertThat(PlatformClasses.of(folder.resolve("nothing")).isEmpty()).isTrue();
  }
}
