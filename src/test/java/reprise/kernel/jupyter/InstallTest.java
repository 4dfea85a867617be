package reprise.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class InstallTest {
  @TempDir private Path folder;
  private final List<String> said = new ArrayList<>();

  private Install install(Map<String, String> env) {
    return new Install(new JupyterPaths(env, "Linux", folder.resolve("home")), said::add);
  }

  @Test
  void installListUninstall() throws Exception {
    var install = install(Map.of("VIRTUAL_ENV", folder.resolve("venv").toString()));
    var spec = install.install("user", "mine", false);
    assertThat(spec).isEqualTo(folder.resolve("home/.local/share/jupyter/kernels/mine"));
    var json =
        JsonParser.parseString(Files.readString(spec.resolve("kernel.json"))).getAsJsonObject();
    var argv = json.getAsJsonArray("argv");
    assertThat(argv.get(0).getAsString())
        .isEqualTo(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    assertThat(argv.get(argv.size() - 2).getAsString())
        .isEqualTo("reprise.kernel.jupyter.KernelMain");
    assertThat(argv.get(argv.size() - 1).getAsString()).isEqualTo("{connection_file}");
    assertThat(json.get("interrupt_mode").getAsString()).isEqualTo("message");
    assertThat(json.get("language").getAsString()).isEqualTo("java");
    assertThat(ImageIO.read(spec.resolve("logo-64x64.png").toFile()).getWidth()).isEqualTo(64);

    // jars of its own: a later build of Reprise must not take them away
    var classPath = argv.get(argv.size() - 3).getAsString();
    assertThat(classPath).contains(spec.resolve("lib").toString());
    assertThat(spec.resolve("lib")).isDirectoryContaining("glob:**/gson-*.jar");

    install.install("sys-prefix", "mine", false);
    assertThat(install.list())
        .extracting(Install.Installed::folder)
        .startsWith(spec, folder.resolve("venv/share/jupyter/kernels/mine"));
    assertThat(install.list()).allMatch(Install.Installed::works);
    assertThat(install.uninstall("mine")).hasSize(2);
    assertThat(spec).doesNotExist();
    assertThat(said).contains("Removed " + spec);
    assertThat(install.uninstall("mine")).isEmpty();
    assertThat(said).contains("No kernel of Reprise is installed under the name 'mine'.");
  }

  @Test
  void theDebuggerIsAKernelOfItsOwn() throws Exception {
    var install = install(Map.of());
    var plain = install.install("user", "plain", false, false).resolve("kernel.json");
    assertThat(Files.readString(plain)).contains("\"debugger\": false").doesNotContain("jdwp");
    var spec = install.install("user", "debug", false, true).resolve("kernel.json");
    assertThat(Files.readString(spec))
        .contains("\"display_name\": \"Java (Reprise, debugger)\"", "\"debugger\": true")
        .contains("address=127.0.0.1:0", "\"--debugger\"");
  }

  @Test
  void kernelsOfOthersAreLeftAlone() throws Exception {
    var other = folder.resolve("home/.local/share/jupyter/kernels/ir");
    Files.createDirectories(other);
    Files.writeString(other.resolve("kernel.json"), "{\"argv\": [\"R\"], \"display_name\": \"R\"}");
    var install = install(Map.of("VIRTUAL_ENV", folder.toString()));
    assertThat(install.list()).noneMatch(k -> k.folder().equals(other));
    assertThat(install.uninstall("ir")).isEmpty();
    assertThat(other).exists();
  }

  @Test
  void mistakesAreExplained() throws Exception {
    var install = install(Map.of("VIRTUAL_ENV", folder.toString()));
    assertThatThrownBy(() -> install.install("user", "a/b", false))
        .hasMessage(
            "'a/b' cannot name a kernel: Jupyter allows letters, digits, '.', '_' and '-'.");
    var file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> install.install(file.toString(), "x", false))
        .hasMessageStartingWith("The kernel could not be written to " + file)
        .hasMessageEndingWith("Use --user, or --prefix with a folder you may write to.");
  }

  @Test
  void theCacheIsNamedOnlyIfThereIsOne() {
    var spec =
        new KernelSpec(
            Path.of("/jdk/bin/java"), List.of(Path.of("/a.jar")), Optional.empty(), false);
    assertThat(spec.json()).doesNotContain("AOTCache");
    assertThat(spec.withCache(Path.of("/k/kernel.aot")).json())
        .contains("-XX:AOTCache=/k/kernel.aot");
  }
}
