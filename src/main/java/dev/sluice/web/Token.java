package dev.sluice.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a client has to show. Only a digest of it is kept: it cannot be printed by mistake, and
 * comparing digests takes as long for a wrong token as for the right one, whatever its length.
 */
public final class Token {

  /** Characters a token must have at least. */
  public static final int SHORTEST = 16;

  /** Characters a token may have at most, so that it fits the header of a request. */
  public static final int LONGEST = 1_024;

  private static final String BEARER = "bearer";
  private static final String BASIC = "basic";

  private final byte[] digest;

  private Token(byte[] digest) {
    this.digest = digest;
  }

  /**
   * From its text.
   *
   * @throws IllegalArgumentException when it is too short, too long, or could not stand in a
   *     header; the message does not repeat it
   */
  public static Token of(String text) {
    if (text.length() < SHORTEST || text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a token must have from " + SHORTEST + " to " + LONGEST + " characters");
    }
    if (!text.chars().allMatch(each -> each > ' ' && each < 0x7f)) {
      throw new IllegalArgumentException(
          "a token must consist of ASCII letters, digits and signs, without spaces");
    }
    return new Token(sha256(text));
  }

  /**
   * Whether the value of an Authorization header shows it: as {@code Bearer TOKEN}, or as {@code
   * Basic}, with any user name and the token as password.
   */
  boolean isShownBy(@Nullable String authorization) {
    if (authorization == null) {
      return false;
    }
    String[] parts = authorization.strip().split(" +", 2);
    if (parts.length < 2) {
      return false;
    }
    return switch (parts[0].toLowerCase(Locale.ROOT)) {
      case BEARER -> isText(parts[1]);
      case BASIC -> isPassword(parts[1]);
      default -> false;
    };
  }

  private boolean isPassword(String encoded) {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
    String pair = new String(decoded, StandardCharsets.UTF_8);
    int colon = pair.indexOf(':');
    return colon >= 0 && isText(pair.substring(colon + 1));
  }

  private boolean isText(String given) {
    return MessageDigest.isEqual(digest, sha256(given));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Token[hidden]";
  }
}
