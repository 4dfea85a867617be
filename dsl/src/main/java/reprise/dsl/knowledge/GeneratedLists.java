package reprise.dsl.knowledge;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Names and values of bioS made of syllables. */
final class GeneratedLists {
  private static final List<String> SYLLABLES =
      List.of(
          "bal", "cor", "dar", "el", "fen", "gar", "hal", "is", "jor", "kel", "lor", "mar", "nor",
          "or", "pel", "quin", "ros", "sel", "tal", "ur", "vel", "wil", "yar", "zan", "bren");

  static final ValueLists ALL = generate();

  private GeneratedLists() {}

  private static ValueLists generate() {
    List<String> cities =
        words(200, "ville", "ford", "burgh", "port", "stead", "haven", "mouth", "bridge");
    return new ValueLists(
        words(
            400, "a", "en", "il", "o", "yn", "ar", "is", "ett", "ia", "us", "ora", "in", "ane",
            "ick", "una", "ery"),
        words(
            400, "mund", "wyn", "ric", "bert", "dred", "fred", "gard", "hild", "land", "mar", "ney",
            "rik", "ston", "ton", "vin", "ward"),
        lastNames(),
        cities,
        universities(),
        majors(),
        employers(),
        IntStream.range(0, ValueLists.EMPLOYERS)
            .mapToObj(i -> cities.get(i % ValueLists.WORKING_CITIES))
            .toList());
  }

  private static List<String> lastNames() {
    return Stream.of("er", "son", "man", "ley")
        .flatMap(end ->
            words(250, "bin", "dal", "fort", "gan", "ham", "kin", "mon", "pen", "ting", "win")
                .stream()
                .map(w -> w + end))
        .toList();
  }

  private static List<String> universities() {
    return Stream.of(" University", " College", " Institute")
        .flatMap(kind -> words(100, "field", "brook", "ridge", "worth").stream().map(w -> w + kind))
        .toList();
  }

  private static List<String> majors() {
    return Stream.of("Applied ", "Comparative ", "Experimental ", "Theoretical ")
        .flatMap(kind -> SYLLABLES.stream().map(s -> kind + capital(s) + "ology"))
        .toList();
  }

  private static List<String> employers() {
    return words(
            275,
            " Works",
            " Partners",
            " Systems",
            " Foods",
            " Lines",
            " Bank",
            " Mills",
            " Labs",
            " Press",
            " Energy",
            " Motors")
        .subList(0, ValueLists.EMPLOYERS);
  }

  /** The first n of syllables times endings. */
  private static List<String> words(int n, String... endings) {
    return SYLLABLES.stream()
        .flatMap(s -> Stream.of(endings).map(e -> capital(s + e)))
        .limit(n)
        .toList();
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
