package dev.sluice.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that people write by hand, and no larger ones: what is given may be anything. */
final class SmallFile {
  private static final int LARGEST = 1 << 20;

  private SmallFile() {}

  /**
   * The whole file as text.
   *
   * @throws IOException when it cannot be read, is larger than 1 MiB or is not UTF-8
   */
  static String read(Path file) throws IOException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(file))).toString();
  }

  /** The whole file. */
  static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException(file + " is larger than 1 MiB");
      }
      return bytes;
    }
  }
}
