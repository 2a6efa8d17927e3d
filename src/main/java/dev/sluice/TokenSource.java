package dev.sluice;

import dev.sluice.config.BadInputException;
import dev.sluice.web.Token;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the token comes from. What is wrong with it is said without repeating it. */
final class TokenSource {
  /** Holds the token where no file is given. */
  static final String VARIABLE = "SLUICE_TOKEN";

  /** More than a token and the end of its line. */
  private static final int MOST_BYTES = Token.LONGEST + 16;

  private TokenSource() {}

  /**
   * The token; the file wins over the variable. Null where neither is given.
   *
   * @param file of {@code --token-file}
   * @param variable value of SLUICE_TOKEN. An empty one is refused: whoever sets it wants a token
   */
  static @Nullable Token token(@Nullable Path file, @Nullable String variable) {
    if (file != null) {
      return parse("--token-file " + BadInputException.echo(file.toString()), read(file));
    }
    return variable == null ? null : parse(VARIABLE, variable);
  }

  private static Token parse(String where, String text) {
    String token = text.strip();
    if (token.isEmpty()) {
      throw new BadInputException(where + ": is empty");
    }
    try {
      return Token.of(token);
    } catch (IllegalArgumentException unfit) {
      throw new BadInputException(where + ": " + unfit.getMessage(), unfit);
    }
  }

  private static String read(Path file) {
    String where = "--token-file " + BadInputException.echo(file.toString());
    if (Files.isDirectory(file)) {
      throw new BadInputException(where + ": is a folder; give the name of a file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (NoSuchFileException missing) {
      throw new BadInputException(where + ": no such file", missing);
    } catch (IOException unreadable) {
      throw new BadInputException(where + ": cannot be read", unreadable);
    }
  }
}
