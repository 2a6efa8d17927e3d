package dev.sluice.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.StepReport;
import dev.sluice.export.WriteRequest.Body;
import dev.sluice.export.WriteRequest.Part;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Bodies are read back by a reader that shares no code with the writer. */
final class WriteRequestTest {
  private static final String LOSS = "sluice_loss_per_step";
  private static final String LABELS = "{part=\"total\",run=\"r\"}";

  private final List<Column> columns =
      List.of(
          Column.of(1, "sluice_loss{part=\"total\"}", "r"),
          Column.of(0, "sluice_learning_rate", "r"));
  private final WriteRequest request = new WriteRequest(columns);
  private final Samples samples = new Samples(new int[] {1, 0}, 100);

  private void add(long step, long time, double rate, double loss) {
    samples.add(step, time, new double[] {rate, loss});
  }

  private Map<String, TreeMap<Long, Long>> sent() {
    return Bodies.read(request.of(samples, Part.all(samples)).bytes());
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  @Test
  void everySampleArrives_bitForBit_underItsOwnName() {
    double[] odd = {-0.0, Double.MIN_VALUE, -1e-300, Math.PI, Double.POSITIVE_INFINITY};
    for (int step = 0; step < odd.length; step++) {
      add(step, Histories.START + step, step, odd[step]);
    }
    Map<String, TreeMap<Long, Long>> series = sent();
    assertThat(series.keySet())
        .containsExactly(LOSS + LABELS, "sluice_learning_rate_per_step{run=\"r\"}");
    assertThat(series.get(LOSS + LABELS)).hasSize(odd.length);
    for (int step = 0; step < odd.length; step++) {
      assertThat(series.get(LOSS + LABELS)).containsEntry(Histories.START + step, bits(odd[step]));
    }
  }

  @Test
  void aMeasuredNaN_isNeverTheOneThatEndsASeries() {
    add(0, 1000, 1, Double.longBitsToDouble(Bodies.STALE));
    add(1, 1001, 1, Double.NaN);
    assertThat(sent().get(LOSS + LABELS))
        .containsEntry(1000L, 0x7ff8000000000001L)
        .containsEntry(1001L, 0x7ff8000000000001L);
  }

  @Test
  void whatWasNotMeasured_isNotSent() {
    add(0, 1000, 1, StepReport.ABSENT);
    Body body = request.of(samples, Part.all(samples));
    assertThat(body.samples()).isEqualTo(1);
    assertThat(Bodies.read(body.bytes()))
        .containsOnlyKeys("sluice_learning_rate_per_step{run=\"r\"}");
  }

  @Test
  void onlySamplesOfSeveralSteps_haveASmallestAndALargest() {
    add(0, 1000, 1, 5);
    add(1, 1001, 1, 7);
    add(2, 1001, 1, 3);
    add(3, 1001, 1, 4);
    Map<String, TreeMap<Long, Long>> series = sent();
    assertThat(series.get(LOSS + LABELS)).containsEntry(1001L, bits(4));
    assertThat(series.get(LOSS + "_min" + LABELS)).containsExactly(Map.entry(1001L, bits(3)));
    assertThat(series.get(LOSS + "_max" + LABELS)).containsExactly(Map.entry(1001L, bits(7)));
  }

  @Test
  void aPartHoldsItsColumnsAndSamplesOnly() {
    for (int step = 0; step < 10; step++) {
      add(step, 1000 + step, step, step);
    }
    Body body = request.of(samples, new Part(0, 1, 3, 5));
    assertThat(body.samples()).isEqualTo(2);
    assertThat(Bodies.read(body.bytes()))
        .containsOnlyKeys(LOSS + LABELS)
        .allSatisfy((series, values) -> assertThat(values).containsOnlyKeys(1003L, 1004L));
  }

  @Test
  void theSmallestAndLargestEndToo_whereThereWereAny() {
    assertThat(Bodies.read(request.ends(2000, true).bytes()))
        .hasSize(6)
        .containsKeys(LOSS + "_min" + LABELS, LOSS + "_max" + LABELS);
  }

  @Test
  void theEndIsTheNaNThatPrometheusKnows_forEverySeries() {
    Body body = request.ends(2000, false);
    assertThat(Bodies.read(body.bytes()))
        .hasSize(2)
        .allSatisfy(
            (series, values) -> assertThat(values).containsExactly(Map.entry(2000L, Bodies.STALE)));
  }
}
