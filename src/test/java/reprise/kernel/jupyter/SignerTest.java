package reprise.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("kernel")
class SignerTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Test case 2 of RFC 4231, whole and in parts. */
  @ParameterizedTest
  @CsvSource({
    "hmac-sha256, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    "hmac-sha512, 164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
        + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
  })
  void signaturesOfTheStandard(String scheme, String expected) throws Exception {
    var signer = new Signer(scheme, "Jefe");
    for (int round = 0; round < 2; round++) {
      assertThat(signer.sign(List.of(bytes("what do ya want for nothing?"))))
          .asString()
          .isEqualTo(expected);
      assertThat(signer.sign(List.of(bytes("what do ya"), bytes(" want for nothing?"))))
          .asString()
          .isEqualTo(expected);
    }
    assertThat(signer.verifies(bytes(expected), List.of(bytes("what do ya want for nothing!"))))
        .isFalse();
  }

  /** Test case 6 of RFC 4231 in the length of its key: one longer than a block is hashed first. */
  @Test
  void aLongKeyIsHashedFirst() throws Exception {
    var key = "k".repeat(131);
    var mac = javax.crypto.Mac.getInstance("HmacSHA256");
    mac.init(new javax.crypto.spec.SecretKeySpec(bytes(key), "HmacSHA256"));
    assertThat(new Hmac(key).of(List.of(bytes("text")))).isEqualTo(mac.doFinal(bytes("text")));
  }

  @Test
  void withoutAKeyNothingIsSigned() throws Exception {
    var signer = new Signer("hmac-sha256", "");
    assertThat(signer.sign(List.of(bytes("x")))).isEmpty();
    assertThat(signer.verifies(bytes("anything"), List.of(bytes("x")))).isTrue();
  }

  @Test
  void anUnknownSchemeIsExplained() {
    assertThatThrownBy(() -> new Signer("hmac-rot13", "k"))
        .hasMessage(
            "The connection file asks for signatures by 'hmac-rot13', which this Java does not"
                + " know; hmac-sha256 is usual.");
  }
}
