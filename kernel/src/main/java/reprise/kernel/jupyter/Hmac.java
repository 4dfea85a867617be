package reprise.kernel.jupyter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * HMAC-SHA256 (RFC 2104): {@code H(key ^ opad, H(key ^ ipad, text))}. The JDK's own, in {@code
 * javax.crypto}, sets up the whole of cryptography first, which is a sixth of the time from the
 * start to the first reply.
 */
final class Hmac {
  private static final int BLOCK = 64;

  private final MessageDigest inner;
  private final MessageDigest outer;
  private final byte[] innerPad = new byte[BLOCK];
  private final byte[] outerPad = new byte[BLOCK];

  Hmac(String key) throws NoSuchAlgorithmException {
    inner = MessageDigest.getInstance("SHA-256");
    outer = MessageDigest.getInstance("SHA-256");
    var bytes = key.getBytes(StandardCharsets.UTF_8);
    var block = Arrays.copyOf(bytes.length > BLOCK ? inner.digest(bytes) : bytes, BLOCK);
    for (int i = 0; i < BLOCK; i++) {
      innerPad[i] = (byte) (block[i] ^ 0x36);
      outerPad[i] = (byte) (block[i] ^ 0x5c);
    }
  }

  byte[] of(List<byte[]> parts) {
    inner.update(innerPad);
    parts.forEach(inner::update);
    outer.update(outerPad);
    return outer.digest(inner.digest());
  }
}
