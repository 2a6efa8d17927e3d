package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The live page in a real browser over a run that has neither masks nor pictures. */
@Tag("browser")
final class SystemPageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static Browser browser;
  private static TestServer server;

  @BeforeAll
  static void open() throws Exception {
    browser = Browser.open();
    server = TestServer.start(new ScriptedTree());
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
    browser.size(1440, 1200, 1).dark(false).driver().get(server.address());
    eventually(() -> browser.text(".progress").contains("step " + (ScriptedTree.STEPS - 1)));
    browser.errors();
  }

  @Test
  void theStoryIsThatOfItsSystem() {
    assertThat(browser.text(".headline"))
        .isEqualTo("The net knows the root to 96.0 % of what the leaves allow.");
    assertThat(browser.text("h2")).isEqualTo("Latent tree");
    assertThat(browser.text(".arm h3")).isEqualTo("tree");
    assertThat(browser.text("main")).doesNotContain("mask").doesNotContain("dictionary");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void onlyTheKnobsItHasAreShown() {
    assertThat(
            texts("return [...document.querySelectorAll('[data-knob]')].map(k => k.dataset.knob)"))
        .containsExactlyInAnyOrder("learning_rate", "decay", "pace");
  }

  @Test
  void levelsOfTheTreeAreLinesOfOnePlot_namedWithTheirValues() {
    eventually(() -> lines("correlation at the root") >= 3);
    assertThat(
            texts(
                "return [...document.querySelectorAll(\"[data-plot='correlation at the root']"
                    + " .others .readout\")].map(o => o.textContent)"))
        .containsExactly("level 1 0.85", "level 2 0.96");
  }

  @Test
  void aLossBelowZeroIsInsideItsAxis() {
    eventually(() -> lines("training loss") >= 1);
    Object least =
        browser.script(
            "const plot = document.querySelector(\"[data-plot='training loss']\").plot;"
                + "return plot.chart.getModel().getComponent('yAxis').axis.scale.getExtent()[0]");
    assertThat(((Number) least).doubleValue()).isLessThanOrEqualTo(-0.8);
  }

  @Test
  void aPhoneShowsItWithoutSidewaysScrolling() {
    browser.size(360, 740, 2).driver().navigate().refresh();
    eventually(() -> browser.text(".headline").contains("96.0 %"));
    assertThat(browser.script("return document.documentElement.scrollWidth")).isEqualTo(360L);
  }

  private static void eventually(Callable<Boolean> condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(condition);
  }

  /** Lines of a plot that have points. */
  private static long lines(String plot) {
    return (Long)
        browser.script(
            "const plot = document.querySelector(`[data-plot='${arguments[0]}']`).plot;"
                + "return (plot.chart?.getOption().series ?? [])"
                + ".filter((s) => s.type === 'line' && s.data.length > 0).length",
            plot);
  }

  @SuppressWarnings("unchecked")
  private static List<String> texts(String script) {
    return (List<String>) browser.script(script);
  }
}
