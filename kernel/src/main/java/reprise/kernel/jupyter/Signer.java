package reprise.kernel.jupyter;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs messages with the key of the connection file; without a key nothing is signed. */
final class Signer {
  private final ThreadLocal<Mac> mac;

  Signer(String scheme, String key) throws ConnectionFile.Unusable {
    if (key.isEmpty()) {
      mac = null;
      return;
    }
    var algorithm = scheme.replace("-", "").toUpperCase(Locale.ROOT).replace("HMAC", "Hmac");
    try {
      create(algorithm, key);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new ConnectionFile.Unusable(
          "The connection file asks for signatures by '"
              + scheme
              + "', which this Java does not know; hmac-sha256 is usual.",
          e);
    }
    mac =
        ThreadLocal.withInitial(() -> {
          try {
            return create(algorithm, key);
          } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static Mac create(String algorithm, String key)
      throws NoSuchAlgorithmException, InvalidKeyException {
    var mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
    return mac;
  }

  /** The signature over header, parent header, metadata and content. */
  byte[] sign(List<byte[]> parts) {
    if (mac == null) {
      return new byte[0];
    }
    var m = mac.get();
    parts.forEach(m::update);
    return HexFormat.of().formatHex(m.doFinal()).getBytes(StandardCharsets.US_ASCII);
  }

  boolean verifies(byte[] signature, List<byte[]> parts) {
    return mac == null || MessageDigest.isEqual(signature, sign(parts));
  }
}
