package reprise.kernel.jupyter;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs messages with the key of the connection file; without a key nothing is signed. */
final class Signer {
  private static final String USUAL = "hmac-sha256";

  /** Neither kind may be shared by threads. */
  private final ThreadLocal<Function<List<byte[]>, byte[]>> code;

  Signer(String scheme, String key) throws ConnectionFile.Unusable {
    if (key.isEmpty()) {
      code = null;
      return;
    }
    try {
      create(scheme, key);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new ConnectionFile.Unusable(
          "The connection file asks for signatures by '"
              + scheme
              + "', which this Java does not know; hmac-sha256 is usual.",
          e);
    }
    code =
        ThreadLocal.withInitial(() -> {
          try {
            return create(scheme, key);
          } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static Function<List<byte[]>, byte[]> create(String scheme, String key)
      throws NoSuchAlgorithmException, InvalidKeyException {
    if (scheme.equals(USUAL)) {
      return new Hmac(key)::of;
    }
    var algorithm = scheme.replace("-", "").toUpperCase(Locale.ROOT).replace("HMAC", "Hmac");
    var mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
    return parts -> {
      parts.forEach(mac::update);
      return mac.doFinal();
    };
  }

  /** The signature over header, parent header, metadata and content. */
  byte[] sign(List<byte[]> parts) {
    return code == null
        ? new byte[0]
        : HexFormat.of().formatHex(code.get().apply(parts)).getBytes(StandardCharsets.US_ASCII);
  }

  boolean verifies(byte[] signature, List<byte[]> parts) {
    return code == null || MessageDigest.isEqual(signature, sign(parts));
  }
}
