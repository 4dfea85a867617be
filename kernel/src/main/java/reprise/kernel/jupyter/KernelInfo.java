package reprise.kernel.jupyter;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/** The reply to {@code kernel_info_request}. */
final class KernelInfo {
  private KernelInfo() {}

  static JsonObject reply(boolean debugger) {
    var content = Content.ok();
    content.addProperty("protocol_version", Message.VERSION);
    content.addProperty("implementation", "reprise");
    content.addProperty("implementation_version", version());
    content.add("language_info", language());
    content.addProperty(
        "banner",
        "Reprise "
            + version()
            + " on Java "
            + System.getProperty("java.version")
            + ". %help lists the magics.");
    content.addProperty("debugger", debugger);
    content.add("help_links", links());
    content.add("supported_features", Content.strings(debugger ? List.of("debugger") : List.of()));
    return content;
  }

  static String version() {
    var version = KernelInfo.class.getPackage().getImplementationVersion();
    return version == null ? "0.1.0" : version;
  }

  private static JsonObject language() {
    var language = new JsonObject();
    language.addProperty("name", "java");
    language.addProperty("version", System.getProperty("java.version"));
    language.addProperty("mimetype", "text/x-java");
    language.addProperty("file_extension", ".jshell");
    language.addProperty("pygments_lexer", "java");
    language.addProperty("codemirror_mode", "text/x-java");
    language.addProperty("nbconvert_exporter", "script");
    return language;
  }

  private static JsonArray links() {
    var links = new JsonArray();
    var java = new JsonObject();
    int feature = Runtime.version().feature();
    java.addProperty("text", "Java " + feature + " API");
    java.addProperty("url", "https://docs.oracle.com/en/java/javase/" + feature + "/docs/api/");
    links.add(java);
    return links;
  }
}
