package dev.sluice.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.export.Receiver.Answer;
import dev.sluice.history.DeliveryCursor;
import dev.sluice.history.RunLock;
import dev.sluice.history.RunLog;
import dev.sluice.metrics.DeliveryMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The writer on real histories, with a receiver that misbehaves on demand. */
final class RemoteWriterTest {
  private static final RemoteWriteTarget TARGET =
      RemoteWriteTarget.of(URI.create("http://127.0.0.1:9/api/v1/write"));
  private static final long NOW = Histories.START + 3_600_000;
  private static final Duration LONG = Duration.ofSeconds(20);

  @BeforeAll
  static void bePatient() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
  }

  @AfterAll
  static void reset() {
    Awaitility.reset();
  }

  @TempDir Path data;

  private final FakeReceiver receiver = new FakeReceiver();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final DeliveryMetrics metrics =
      new DeliveryMetrics(registry, () -> Instant.ofEpochMilli(NOW));

  private RemoteWriter start() {
    return RemoteWriter.start(TARGET, data, metrics, receiver, () -> NOW);
  }

  private Path folder(String run) {
    return data.resolve("runs").resolve(run);
  }

  private static String loss(String run) {
    return Histories.LOSS.formatted(run);
  }

  private double metric(String name) {
    for (MetricSnapshot snapshot : registry.scrape()) {
      if (snapshot.getMetadata().getPrometheusName().equals("sluice_remote_write_" + name)) {
        return snapshot instanceof CounterSnapshot counter
            ? counter.getDataPoints().stream().mapToDouble(p -> p.getValue()).sum()
            : ((GaugeSnapshot) snapshot).getDataPoints().get(0).getValue();
      }
    }
    throw new AssertionError("no metric " + name);
  }

  private void assertComplete(String run, int steps) {
    TreeMap<Long, Long> samples = receiver.values(loss(run));
    assertThat(samples).as("samples of %s", run).hasSize(steps);
    for (int step = 0; step < steps; step++) {
      assertThat(samples)
          .containsEntry(Histories.START + step, Double.doubleToRawLongBits(Histories.loss(step)));
    }
    assertThat(receiver.taken().get(loss(run)).lastEntry())
        .isEqualTo(Map.entry(Histories.START + steps, Bodies.STALE));
  }

  @Test
  void everyStepArrivesOnce_andThenItsEnd() throws IOException {
    Path database = Histories.write(data, "a", 1234);
    RemoteWriter writer = start();
    writer.follow("a", folder("a"));
    writer.ended("a");
    assertThat(writer.close(LONG)).isZero();
    assertComplete("a", 1234);
    assertThat(receiver.doubled()).isZero();
    assertThat(receiver.taken()).containsOnlyKeys(loss("a"), Histories.RATE.formatted("a"));
    assertThat(metric("sent")).isEqualTo(2 * 1234 + 2);
    assertThat(metric("lag_steps")).isZero();
    assertThat(metric("lag_seconds")).isZero();
  }

  @Test
  void stepsArriveWhileTheRunGoesOn_andItsEndOnlyWhenItHasEnded() throws IOException {
    try (RunLog log = Histories.open(data, "a")) {
      RemoteWriter writer = start();
      writer.follow("a", folder("a"));
      for (int step = 0; step < 50; step++) {
        log.append(Histories.report("a", step, Histories.START + step, Histories.loss(step)));
      }
      await().until(() -> receiver.values(loss("a")).size() == 50);
      assertThat(receiver.taken().get(loss("a"))).doesNotContainValue(Bodies.STALE);
      log.append(Histories.report("a", 50, Histories.START + 50, Histories.loss(50)));
      log.close();
      writer.ended("a");
      assertThat(writer.close(LONG)).isZero();
    }
    assertComplete("a", 51);
  }

  @Test
  void anOutage_losesNothingAndDoublesNothing() throws IOException {
    receiver.answer(body -> FakeReceiver.LATER);
    Path database = Histories.write(data, "a", 1500);
    RemoteWriter writer = start();
    writer.follow("a", folder("a"));
    await().until(() -> receiver.requests() >= 2);
    await().until(() -> metric("lag_steps") == 1500);
    assertThat(metric("lag_seconds")).isEqualTo(3600);
    receiver.answer(body -> Answer.accepted());
    writer.ended("a");
    await().atMost(LONG).until(() -> !DeliveryCursor.isWaiting(database, TARGET.name()));
    writer.close(LONG);
    assertComplete("a", 1500);
    assertThat(receiver.doubled()).isZero();
    assertThat(metric("failed")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void whatAnEarlierProcessLeftBehind_isSent_fromWhereItStopped() throws IOException {
    Path database = Histories.write(data, "a", 700);
    try (DeliveryCursor cursor = DeliveryCursor.open(database, TARGET.name())) {
      cursor.advance(299);
    }
    Histories.write(data, "never-sent", 10);
    RemoteWriter writer = start();
    await().until(() -> !DeliveryCursor.isWaiting(database, TARGET.name()));
    writer.close(LONG);
    assertThat(receiver.values(loss("a"))).hasSize(400).doesNotContainKey(Histories.START + 299);
    assertThat(receiver.values(loss("never-sent"))).isEmpty();

    int requests = receiver.requests();
    start().close(LONG);
    assertThat(receiver.requests()).as("nothing is left to send").isEqualTo(requests);
  }

  @Test
  void aRunOfAProcessThatLives_isLeftToIt() throws IOException {
    Path database = Histories.write(data, "a", 10);
    DeliveryCursor.open(database, TARGET.name()).close();
    RunLock lock = RunLock.tryTake(data.resolve("runs/a")).orElseThrow();
    start().close(LONG);
    lock.close();
    assertThat(receiver.requests()).isZero();
    RemoteWriter later = start();
    await().until(() -> !DeliveryCursor.isWaiting(database, TARGET.name()));
    later.close(LONG);
    assertComplete("a", 10);
  }

  @Test
  void oneSampleThatIsRefused_isGivenUpAndCounted_andNoOther() throws IOException {
    long bad = Histories.START + 777;
    receiver.answer(
        body ->
            body.getOrDefault(loss("a"), new TreeMap<>()).containsKey(bad)
                ? FakeReceiver.REFUSED
                : Answer.accepted());
    Path database = Histories.write(data, "a", 1000);
    RemoteWriter writer = start();
    writer.follow("a", folder("a"));
    writer.ended("a");
    assertThat(writer.close(LONG)).isZero();
    assertThat(receiver.values(loss("a"))).hasSize(999).doesNotContainKey(bad);
    assertThat(receiver.values(Histories.RATE.formatted("a"))).hasSize(1000);
    assertThat(receiver.doubled()).isZero();
    assertThat(metric("refused")).isEqualTo(1);
    assertThat(receiver.requests()).as("requests of the search").isLessThan(60);
  }

  @Test
  void oneSeriesThatIsRefused_doesNotSpoilTheOthers_andIsNotSearchedForAgain() throws IOException {
    receiver.answer(body -> body.containsKey(loss("a")) ? FakeReceiver.REFUSED : Answer.accepted());
    Histories.write(data, "a", 5000);
    RemoteWriter writer = start();
    writer.follow("a", folder("a"));
    writer.ended("a");
    assertThat(writer.close(LONG)).isZero();
    assertThat(receiver.values(Histories.RATE.formatted("a"))).hasSize(5000);
    assertThat(metric("refused")).isEqualTo(5000);
    assertThat(receiver.requests()).as("two searches and the batches").isLessThan(400);
  }

  @Test
  void aSeriesThatIsRefusedOnce_isNotLeftOutFromThenOn() throws IOException {
    // what arrived before a crash, and is taken for a duplicate now
    receiver.answer(
        body ->
            body.getOrDefault(loss("a"), new TreeMap<>(Map.of(Long.MAX_VALUE, 0L))).firstKey()
                    < Histories.START + 63
                ? FakeReceiver.REFUSED
                : Answer.accepted());
    Histories.write(data, "a", 3000);
    RemoteWriter writer = start();
    writer.follow("a", folder("a"));
    writer.ended("a");
    assertThat(writer.close(LONG)).isZero();
    assertThat(receiver.values(loss("a"))).hasSize(3000 - 63);
    assertThat(receiver.values(Histories.RATE.formatted("a"))).hasSize(3000);
    assertThat(metric("refused")).isEqualTo(63);
  }

  @Test
  void aReceiverThatRefusesEverything_getsEverythingOnceItComesToItsSenses() throws IOException {
    receiver.answer(body -> FakeReceiver.REFUSED);
    Path database = Histories.write(data, "a", 1000);
    AtomicLong clock = new AtomicLong(NOW);
    RemoteWriter writer = RemoteWriter.start(TARGET, data, metrics, receiver, clock::get);
    writer.follow("a", folder("a"));
    writer.ended("a");
    // 16 pieces of up to 63 steps, each sent within a batch and alone; the first is searched, both
    // of its series to the last sample
    int pass = 2 * 16 + 2 * (2 * 63 - 1);
    await().until(() -> receiver.requests() == pass);
    assertThat(metric("refused")).isZero();
    clock.addAndGet(11_000);
    await().until(() -> receiver.requests() == 2 * pass);
    assertThat(metric("refused")).isZero();
    assertThat(metric("lag_steps")).isEqualTo(1000);
    receiver.answer(body -> Answer.accepted());
    clock.addAndGet(21_000);
    await().until(() -> !DeliveryCursor.isWaiting(database, TARGET.name()));
    writer.close(LONG);
    assertComplete("a", 1000);
  }

  @Test
  void stepsTooOldForAReceiver_areGivenUpWhenItTakesLaterOnes_inTheirOrder() throws IOException {
    long oldest = Histories.START + 5_000;
    // one that takes nothing older than what it has, and nothing too old
    long[] newest = {oldest};
    receiver.answer(
        body -> {
          boolean taken =
              body.values().stream().allMatch(samples -> samples.firstKey() >= oldest)
                  && body.values().stream().noneMatch(samples -> samples.lastKey() < newest[0]);
          if (taken) {
            newest[0] = body.values().iterator().next().lastKey();
          }
          return taken ? Answer.accepted() : FakeReceiver.REFUSED;
        });
    Histories.write(data, "a", 6000);
    RemoteWriter writer = start();
    writer.follow("a", folder("a"));
    writer.ended("a");
    assertThat(writer.close(LONG)).isZero();
    TreeMap<Long, Long> values = receiver.values(loss("a"));
    // but for the piece in which the border lies
    assertThat(values.firstKey()).isBetween(oldest, oldest + 64);
    assertThat(values).hasSize((int) (Histories.START + 6000 - values.firstKey()));
    assertThat(metric("refused")).isEqualTo(2 * (6000 - values.size()));
  }

  @Test
  void aRunThatIsTooOldAsAWhole_isGivenUpOnceAnotherRunIsTaken_andHoldsNobodyUp()
      throws IOException {
    receiver.answer(
        body ->
            body.keySet().stream().anyMatch(key -> key.contains("run=\"a\""))
                ? FakeReceiver.REFUSED
                : Answer.accepted());
    Path old = Histories.write(data, "a", 300);
    DeliveryCursor.open(old, TARGET.name()).close();
    Histories.write(data, "b", 3000);
    AtomicLong clock = new AtomicLong(NOW);
    RemoteWriter writer = RemoteWriter.start(TARGET, data, metrics, receiver, clock::get);
    await().until(() -> receiver.requests() > 200);
    assertThat(metric("refused")).isZero();
    writer.follow("b", folder("b"));
    writer.ended("b");
    await().atMost(LONG).until(() -> receiver.values(loss("b")).size() == 3000);
    await()
        .atMost(LONG)
        .until(
            () -> {
              clock.addAndGet(301_000);
              return !DeliveryCursor.isWaiting(old, TARGET.name());
            });
    assertThat(writer.close(LONG)).isZero();
    assertThat(metric("refused")).isEqualTo(2 * 300);
  }

  @Test
  void aHistoryThatIsDeletedAndWrittenAnew_isFollowed() throws IOException {
    RunLog log = Histories.open(data, "a");
    // a clock that goes on: while the file is away the run is left alone for some seconds
    RemoteWriter writer =
        RemoteWriter.start(TARGET, data, metrics, receiver, System::currentTimeMillis);
    writer.follow("a", folder("a"));
    log.append(Histories.report("a", 0, Histories.START, Histories.loss(0)));
    await().until(() -> receiver.values(loss("a")).size() == 1);
    for (String file : List.of("history.db", "history.db-wal", "history.db-shm")) {
      Files.deleteIfExists(folder("a").resolve(file));
    }
    for (int step = 1; step < 100; step++) {
      log.append(Histories.report("a", step, Histories.START + step, Histories.loss(step)));
    }
    await().until(() -> receiver.values(loss("a")).size() == 100);
    log.close();
    writer.ended("a");
    assertThat(writer.close(LONG)).isZero();
    assertComplete("a", 100);
  }

  @Test
  void aRunThatEndsWithoutAStep_isDone() throws IOException {
    Path database = Histories.write(data, "a", 0);
    RemoteWriter writer = start();
    writer.follow("a", folder("a"));
    writer.ended("a");
    assertThat(writer.close(LONG)).isZero();
    assertThat(receiver.requests()).isZero();
    assertThat(DeliveryCursor.isWaiting(database, TARGET.name())).isFalse();
  }

  @Test
  void aReceiverInTrouble_doesNotMeetTheSameRunFirstForEver() throws IOException {
    receiver.answer(
        body ->
            body.keySet().stream().anyMatch(key -> key.contains("run=\"a\""))
                ? FakeReceiver.LATER
                : Answer.accepted());
    Histories.write(data, "a", 10);
    Histories.write(data, "b", 10);
    RemoteWriter writer = start();
    writer.follow("a", folder("a"));
    writer.follow("b", folder("b"));
    await().atMost(LONG).until(() -> receiver.values(loss("b")).size() == 10);
    writer.close();
  }

  @Test
  void stepsThatShareATime_areSentAsOneSample_neverTwice() throws IOException {
    Path database =
        Histories.write(data, "fast", 3001, step -> Histories.START + step / 3, Histories::loss);
    RemoteWriter writer = start();
    writer.follow("fast", folder("fast"));
    writer.ended("fast");
    writer.close(LONG);
    assertThat(receiver.values(loss("fast"))).hasSize(1001);
    assertThat(receiver.values(loss("fast").replace("per_step", "per_step_min"))).hasSize(1000);
    assertThat(receiver.values(loss("fast").replace("per_step", "per_step_max"))).hasSize(1000);
    assertThat(receiver.doubled()).isZero();
  }

  @Test
  void stepsThatShareATimeButAreWrittenLater_areNotCutOff() throws IOException {
    try (RunLog log = Histories.open(data, "a")) {
      RemoteWriter writer = start();
      writer.follow("a", folder("a"));
      for (int step = 0; step < 300; step++) {
        log.append(Histories.report("a", step, NOW + step / 3, Histories.loss(step)));
      }
      log.append(Histories.report("a", 300, NOW + 100, 7));
      await().until(() -> receiver.values(loss("a")).size() == 100);
      // the steps of the hundredth millisecond are not all there yet
      log.append(Histories.report("a", 301, NOW + 100, -7));
      log.append(Histories.report("a", 302, NOW + 100, 0));
      log.close();
      writer.ended("a");
      assertThat(writer.close(LONG)).isZero();
    }
    assertThat(receiver.doubled()).isZero();
    assertThat(receiver.values(loss("a"))).hasSize(101);
    assertThat(receiver.values(loss("a").replace("per_step", "per_step_max")))
        .containsEntry(NOW + 100, Double.doubleToRawLongBits(7));
  }

  @Test
  void aDeadReceiver_doesNotHoldUpTheEnd() throws IOException {
    receiver.answer(body -> FakeReceiver.LATER);
    RemoteWriter writer = start();
    Histories.write(data, "a", 20);
    writer.follow("a", folder("a"));
    writer.ended("a");
    await().until(() -> receiver.requests() > 0);
    assertThat(writer.close(Duration.ofHours(1))).isEqualTo(20);
  }
}
