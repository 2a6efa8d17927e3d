package dev.sluice.crooked.compute;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.crooked.web.Exposed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** Breaks, on purpose, the rules that keep the numerics apart from the world. */
public class Forgetful {
  public final LongSupplier clock = System::nanoTime;

  public double random() {
    return Math.random();
  }

  public Object json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  public Path file() {
    return Path.of("weights");
  }

  public Exposed page() {
    return new Exposed(this);
  }
}
