package dev.sluice.vectors;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The float64 test vectors of Wen and Li's system: every JSON file of the sub-folder {@code wen-li}
 * of the folder that the system property {@code sluice.vectors} names, by default of the test
 * resources. A folder without files is an error, so that nothing passes by being absent.
 */
public final class WenLiVectors {
  private static final String PROPERTY = "sluice.vectors";

  private WenLiVectors() {}

  /** The files that hold a learner and a batch. */
  public static List<WenLiVector> learners() {
    return files(WenLiVector::isLearner);
  }

  /** The files that hold pieces. */
  public static List<WenLiVector> pieces() {
    return files(vector -> !vector.isLearner());
  }

  private static List<WenLiVector> files(Predicate<WenLiVector> wanted) {
    Path folder = folder();
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files =
          entries.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      if (files.isEmpty()) {
        throw new AssertionError("no vector files in " + folder);
      }
      return files.stream().map(WenLiVectors::read).filter(wanted).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the vectors in " + folder, e);
    }
  }

  private static Path folder() {
    String given = System.getProperty(PROPERTY);
    if (given != null && !given.isBlank()) {
      return Path.of(given).resolve("wen-li");
    }
    try {
      return Path.of(WenLiVectors.class.getResource("/vectors/wen-li").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the test resources are no folder", e);
    }
  }

  private static WenLiVector read(Path file) {
    try {
      return new WenLiVector(
          file.getFileName().toString(), new ObjectMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
