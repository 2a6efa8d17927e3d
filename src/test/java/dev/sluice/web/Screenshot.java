package dev.sluice.web;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.openqa.selenium.OutputType;

/**
 * Takes the picture of the README from a running server: {@code Screenshot ADDRESS FILE [STEP]
 * [WIDTH HEIGHT] [light|dark]}. Waits until every run has reached the step.
 */
final class Screenshot {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private Screenshot() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 2) {
      throw new IllegalArgumentException(
          "expected: ADDRESS FILE [STEP] [WIDTH HEIGHT] [light|dark]");
    }
    long step = arguments.length > 2 ? Long.parseLong(arguments[2]) : 0;
    int width = arguments.length > 4 ? Integer.parseInt(arguments[3]) : 1600;
    int height = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 1000;
    boolean dark = arguments.length > 5 && arguments[5].equals("dark");
    Path file = Path.of(arguments[1]);
    try (Browser browser = Browser.open()) {
      browser.size(width, height, 1).dark(dark).driver().get(arguments[0]);
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> reached(browser) >= step);
      byte[] picture = browser.driver().getScreenshotAs(OutputType.BYTES);
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, picture);
    }
    PrintStream out = System.out;
    out.println("wrote " + file);
  }

  /** The step that every run on the page has reached; -1 while there is none. */
  private static long reached(Browser browser) {
    Object least =
        browser.script(
            "const steps = [...document.querySelectorAll('.progress')]"
                + ".map((p) => Number(p.textContent.match(/step ([\\d,]+)/)[1].replace(',', '')));"
                + "const pictures = [...document.querySelectorAll('figure:not([hidden]) .picture')];"
                + "return steps.length && pictures.every((picture) => picture.width > 300)"
                + " ? Math.min(...steps) : -1");
    return ((Number) least).longValue();
  }
}
