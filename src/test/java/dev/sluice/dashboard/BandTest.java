package dev.sluice.dashboard;

import static dev.sluice.dashboard.Json.array;
import static dev.sluice.dashboard.Json.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.metrics.Catalogue;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus answers to the three queries of a band. */
final class BandTest {
  private static final Promql PROMQL = new Promql(Catalogue.complete());
  private static final String LOW = expression(PROMQL.low("loss", "part='total'"));
  private static final String MEAN = expression(PROMQL.mean("loss", "part='total'"));
  private static final String HIGH = expression(PROMQL.high("loss", "part='total'"));

  @TempDir Path folder;

  @Test
  void ofEveryStep_isTheSmallestTheMeanAndTheLargest_whateverWasScraped() throws Exception {
    List<String> failures =
        failures(
            array(
                series("loss_per_step", "part=\"total\"", "5 2 8"),
                series("loss", "part=\"total\",instance=\"i\",job=\"sluice\"", "7 7 7")),
            array(answer(LOW, 2), answer(MEAN, 5), answer(HIGH, 8)));
    assertThat(failures).isEmpty();
  }

  @Test
  void ofARunAboveTheRateLimit_takesTheExtremesThatItSends() throws Exception {
    List<String> failures =
        failures(
            array(
                series("loss_per_step", "part=\"total\"", "5 2 8"),
                series("loss_per_step_min", "part=\"total\"", "1 2 3"),
                series("loss_per_step_max", "part=\"total\"", "9 11 10")),
            array(answer(LOW, 1), answer(MEAN, 5), answer(HIGH, 11)));
    assertThat(failures).isEmpty();
  }

  @Test
  void withoutRemoteWrite_isTheLastStepScraped_andNoEdges() throws Exception {
    List<String> failures =
        failures(
            array(series("loss", "part=\"total\",instance=\"i\",job=\"sluice\"", "7 6 4")),
            array(nothing(LOW), answer(MEAN, 4), nothing(HIGH)));
    assertThat(failures).isEmpty();
  }

  @Test
  void aWrongExpectation_isNoticed() throws Exception {
    List<String> failures =
        failures(array(series("loss_per_step", "part=\"total\"", "5 2 8")), array(answer(LOW, 3)));
    assertThat(failures).anySatisfy(line -> assertThat(line).contains("min_over_time"));
  }

  private List<String> failures(Object series, Object expected) throws Exception {
    ObjectNode test =
        object("interval", "1s", "input_series", series, "promql_expr_test", expected);
    return Promtool.failures(
        folder, object("rule_files", array(), "evaluation_interval", "1s", "tests", array(test)));
  }

  private static ObjectNode series(String name, String labels, String values) {
    return object("series", "sluice_" + name + "{run=\"a\"," + labels + "}", "values", values);
  }

  private static ObjectNode answer(String expression, double value) {
    ObjectNode sample = object("labels", "{run=\"a\"}", "value", value);
    return object("expr", expression, "eval_time", "2s", "exp_samples", array(sample));
  }

  private static ObjectNode nothing(String expression) {
    return object("expr", expression, "eval_time", "2s", "exp_samples", array());
  }

  private static String expression(String query) {
    return Panels.resolve(query, "a");
  }
}
