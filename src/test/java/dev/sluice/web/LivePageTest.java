package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The live page in a real browser, before the real server, over two scripted runs. */
@Tag("browser")
final class LivePageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String MASKED = "[data-run='script-mask'] ";

  /** The longest line of a plot: its x values, and null where there is a gap. */
  private static final String LONGEST_LINE =
      "const plot = document.querySelector(`[data-plot='${arguments[0]}']`).plot;"
          + "if (!plot.chart) return [];"
          + "const lines = plot.chart.getOption().series.filter((s) => s.type === 'line');"
          + "lines.sort((a, b) => b.data.length - a.data.length);"
          + "return lines[0].data;";

  private static Browser browser;
  private static TestServer server;

  @BeforeAll
  static void open() throws Exception {
    browser = Browser.open();
    server = TestServer.start();
  }

  @AfterAll
  static void close() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void load() {
    browser.size(1440, 900, 1).dark(false);
    visit(server);
  }

  @Test
  void theFirstScreenTellsTheStory() {
    eventually(() -> browser.text(".headline").contains("of 32 features found"));
    assertThat(browser.text(".headline")).startsWith("With masks").contains("without");
    assertThat(browser.text("[data-run='script-none'] .verdict"))
        .containsAnyOf("Warning: decoupling", "Collapse: decoupling");
    assertThat(browser.text(MASKED + ".verdict")).isIn("No collapse", "Warming up");
    assertThat(bottom(".picture")).isLessThan(900);
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void curvesGrow() {
    eventually(() -> line("training loss").size() > 5);
    double step = lastStep("training loss");
    eventually(() -> lastStep("training loss") > step + 50);
    assertThat(line("training loss")).isSortedAccordingTo(LivePageTest::byStep);
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void aPlotOutOfSightIsNotDrawn() {
    browser.size(1440, 300, 1);
    visit(server);
    eventually(() -> lastSeenStep() > 0);
    assertThat(script("return !document.querySelector(\"[data-plot^='step time']\").plot.chart"))
        .isEqualTo(true);
    script("document.querySelector(\"[data-plot^='step time']\").scrollIntoView()");
    eventually(() -> !line("step time, ms").isEmpty());
  }

  @Test
  void aMovedKnobIsMarkedOnTheChartsOfItsRun() {
    WebElement overlap = find(MASKED + "input[data-knob='overlap']");
    overlap.sendKeys(Keys.END);
    eventually(() -> browser.text(MASKED + ".said").matches("overlap 1 from step [\\d,]+ on\\."));
    eventually(() -> browser.text(".events").contains("overlap 0 → 1"));
    eventually(() -> marks("training loss").contains("overlap 1"));
    assertThat(marks("coverage")).contains("overlap 1");
    assertThat(browser.text(MASKED + "h3")).isEqualTo("masks, overlap 1");
    overlap.sendKeys(Keys.HOME);
    eventually(() -> browser.text(MASKED + "h3").equals("masks"));
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void aRefusedKnobSaysWhyAndGoesBack() {
    WebElement rate = find(MASKED + "input[data-knob='learning_rate']");
    // clear() would leave the field, and the page put its value back before the keys come
    rate.sendKeys(Keys.chord(Keys.CONTROL, "a"), "12", Keys.TAB);
    eventually(() -> browser.text(MASKED + ".said").contains("must be at most 10"));
    eventually(() -> "0.5".equals(rate.getDomProperty("value")));
    // the browser itself reports the status 400 on its console
    assertThat(browser.errors()).allMatch(error -> error.contains("400"));
  }

  @Test
  void pauseStandsStillAndResumeGoesOn() {
    WebElement button = find(MASKED + ".pause");
    button.click();
    eventually(() -> browser.text(MASKED + ".progress").startsWith("paused"));
    assertThat(button.getText()).isEqualTo("Resume");
    String stood = browser.text(MASKED + ".progress");
    double other = lastSeenStep();
    eventually(() -> lastSeenStep() > other + 20);
    assertThat(browser.text(MASKED + ".progress")).isEqualTo(stood);
    button.click();
    eventually(() -> browser.text(MASKED + ".progress").startsWith("running"));
  }

  @Test
  void aKnobThatTheRunHasNotIsFixedAndSaysSo() {
    WebElement overlap = find("[data-run='script-none'] input[data-knob='overlap']");
    eventually(() -> !overlap.isEnabled());
    assertThat(overlap.findElement(By.xpath("..")).getDomAttribute("title"))
        .isEqualTo("this run uses no masks");
  }

  @Test
  void theKeyboardReachesTheKnobsWithAVisibleFocus() {
    eventually(() -> !line("coverage").isEmpty());
    String focused = "";
    for (int presses = 0; presses < 15 && !"overlap".equals(focused); presses++) {
      new Actions(browser.driver()).sendKeys(Keys.TAB).perform();
      focused = (String) script("return document.activeElement.dataset.knob ?? ''");
    }
    assertThat(focused).isEqualTo("overlap");
    assertThat(script("return getComputedStyle(document.activeElement).outlineStyle"))
        .isEqualTo("solid");
    assertThat(script("return document.activeElement.labels[0].textContent")).isEqualTo("overlap");
  }

  @Test
  void everyChartExplainsItselfWhenAsked() {
    eventually(() -> !line("coverage").isEmpty());
    List<WebElement> questions = browser.driver().findElements(By.cssSelector(".why"));
    long cards = browser.driver().findElements(By.cssSelector(".card")).size();
    assertThat(questions).hasSize((int) cards + 1);
    for (WebElement question : questions) {
      question.sendKeys(Keys.ENTER);
      WebElement answer = find("#" + question.getDomAttribute("aria-controls"));
      assertThat(answer.getText()).contains("Shows").contains("Healthy").contains("Otherwise");
      question.sendKeys(Keys.ESCAPE);
      assertThat(answer.isDisplayed()).isFalse();
    }
  }

  @Test
  void aValueThatIsNotFiniteIsAGapAndCounted() {
    int last = ScriptedRun.FIRST_BROKEN + ScriptedRun.BROKEN;
    eventually(() -> lastSeenStep() > last);
    eventually(() -> browser.text(".card-loss .note").contains("not finite"));
    assertThat(browser.text(".card-loss .note"))
        .contains("no augmentation")
        .contains("first at step");
    Object drawn =
        script(
            "const plot = document.querySelector(\"[data-plot='training loss']\").plot;"
                + "return plot.chart.getOption().series.filter((s) => s.type === 'line')"
                + ".flatMap((s) => s.data).filter(([step, value]) => value === 0).length");
    assertThat(drawn).isEqualTo(0L);
    Object gaps =
        script(
            "const plot = document.querySelector(\"[data-plot='training loss']\").plot;"
                + "return plot.chart.getOption().series.filter((s) => s.type === 'line')"
                + ".flatMap((s) => s.data).filter(([step, value]) => value === null).length");
    assertThat((Long) gaps).isPositive();
  }

  @Test
  void aPhoneShowsOneColumnWithoutSidewaysScrolling() {
    browser.size(360, 740, 2);
    visit(server);
    eventually(() -> browser.text(".headline").length() > 5);
    assertThat(script("return document.documentElement.scrollWidth")).isEqualTo(360L);
    Object columns =
        script(
            "return getComputedStyle(document.querySelector('.cards')).gridTemplateColumns"
                + ".split(' ').length");
    assertThat(columns).isEqualTo(1L);
    Object spilling =
        script(
            "return [...document.querySelectorAll('.arm *, .card *')]"
                + ".filter((e) => e.getBoundingClientRect().right > 361)"
                + ".map((e) => e.className || e.tagName).join()");
    assertThat(spilling).isEqualTo("");
  }

  @Test
  void theDarkSchemeIsDark() {
    browser.dark(true);
    assertThat(brightness("document.body", "backgroundColor")).isLessThan(60);
    assertThat(brightness("document.querySelector('.headline')", "color")).isGreaterThan(200);
  }

  @Test
  void saysWhenTheProcessHasEnded() throws Exception {
    TestServer mortal = TestServer.start();
    try {
      visit(mortal);
      eventually(() -> browser.text("#connection").startsWith("Live"));
    } finally {
      mortal.close();
    }
    eventually(() -> browser.text("#notice").contains("process has ended"));
    assertThat(browser.text("#connection")).isEqualTo("Process ended");
    eventually(() -> browser.text(MASKED + ".progress").startsWith("last seen"));
    assertThat(browser.errors()).isNotEmpty();
  }

  private static void visit(TestServer there) {
    browser.driver().get(there.address());
    eventually(
        () -> browser.driver().findElements(By.cssSelector(MASKED + ".picture")).size() == 1);
    browser.errors();
  }

  private static void eventually(Callable<Boolean> condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(condition);
  }

  private static WebElement find(String selector) {
    return browser.driver().findElement(By.cssSelector(selector));
  }

  private static Object script(String script, Object... arguments) {
    return browser.script(script, arguments);
  }

  @SuppressWarnings("unchecked")
  private static List<List<Object>> line(String plot) {
    return (List<List<Object>>) script(LONGEST_LINE, plot);
  }

  private static int byStep(List<Object> one, List<Object> other) {
    return Double.compare(
        ((Number) one.get(0)).doubleValue(), ((Number) other.get(0)).doubleValue());
  }

  private static double lastStep(String plot) {
    List<List<Object>> line = line(plot);
    return ((Number) line.get(line.size() - 1).get(0)).doubleValue();
  }

  /** The step that the unmasked run has reached, as the page says it; -1 before it says one. */
  private static double lastSeenStep() {
    String words = browser.text("[data-run='script-none'] .progress").replace(",", "");
    Matcher step = Pattern.compile("step (\\d+)").matcher(words);
    return step.find() ? Double.parseDouble(step.group(1)) : -1;
  }

  private static String marks(String plot) {
    return String.valueOf(
        script(
            "return JSON.stringify(document.querySelector(`[data-plot='${arguments[0]}']`).plot"
                + ".chart?.getOption().series.flatMap((s) => s.markLine?.data ?? [])"
                + ".map((m) => m.label.formatter) ?? [])",
            plot));
  }

  private static double bottom(String selector) {
    return ((Number)
            script(
                "return document.querySelector(arguments[0]).getBoundingClientRect().bottom",
                selector))
        .doubleValue();
  }

  private static double brightness(String element, String property) {
    return ((Number)
            script(
                "const [r, g, b] = getComputedStyle("
                    + element
                    + ")[arguments[0]].match(/\\d+/g).map(Number);"
                    + "return 0.2126 * r + 0.7152 * g + 0.0722 * b",
                property))
        .doubleValue();
  }
}
