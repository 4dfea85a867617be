package reprise.tensor.ir;

import java.util.regex.Pattern;

/** Names in programs: letters, digits and {@code _ . / -}, so that they print without quotes. */
final class Names {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");

  private Names() {}

  static String require(String name, String what) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "bad " + what + " name '" + name + "': use letters, digits and _ . / -");
    }
    return name;
  }
}
