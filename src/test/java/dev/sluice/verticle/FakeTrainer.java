package dev.sluice.verticle;

import dev.sluice.augment.PairBatch;
import dev.sluice.compute.State;
import dev.sluice.event.KnobValues;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import dev.sluice.event.Snapshot;
import dev.sluice.event.StepReport;
import dev.sluice.train.Trainer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongToDoubleFunction;

/** Remembers what it was given and checks that it is used as promised. */
final class FakeTrainer implements Trainer {
  static final MetricSpec LOSS = MetricSpec.gauge("fake_loss", "nats", "The step's number.", "-");
  static final MetricSpec STAGE =
      MetricSpec.gauge("schedule_stage", "stage", "The stage of the schedule.", "-");

  final List<Long> batches = new CopyOnWriteArrayList<>();
  final List<KnobValues> knobs = new CopyOnWriteArrayList<>();
  final List<String> threads = new CopyOnWriteArrayList<>();
  volatile LongConsumer work = step -> {};
  volatile LongToDoubleFunction stage = step -> StepReport.ABSENT;
  volatile boolean remembers = true;
  volatile boolean closed;
  final AtomicInteger evaluations = new AtomicInteger();
  volatile RuntimeException evaluationFailure;
  private final AtomicLong next = new AtomicLong();

  FakeTrainer startingAt(long step) {
    next.set(step);
    return this;
  }

  @Override
  public List<Series> series() {
    return List.of(LOSS.with(), STAGE.with());
  }

  @Override
  public Map<String, Integer> cadences() {
    return Map.of();
  }

  @Override
  public long nextStep() {
    return next.get();
  }

  @Override
  public void step(PairBatch batch, KnobValues values, double[] slots) {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    long step = next.get();
    if (batch.step() != step) {
      throw new IllegalStateException("expected step " + step + ", given " + batch.step());
    }
    work.accept(step);
    if (remembers) {
      batches.add(batch.step());
      knobs.add(values);
      threads.add(Thread.currentThread().getName());
    }
    slots[0] = step;
    slots[1] = stage.applyAsDouble(step);
    next.incrementAndGet();
  }

  @Override
  public void evaluate(int samples, KnobValues values, double[] slots) {
    if (evaluationFailure != null) {
      throw evaluationFailure;
    }
    evaluations.incrementAndGet();
    slots[0] = -samples;
  }

  @Override
  public State state() {
    State state = new State();
    state.putCounts("step", next.get());
    return state;
  }

  @Override
  public void restore(State state) {
    next.set(state.getCounts("step", 1)[0]);
  }

  @Override
  public Map<String, String> disabledProbes() {
    return Map.of();
  }

  @Override
  public List<Snapshot> snapshots(String run) {
    float[] values = {1, 0};
    return List.of(new Snapshot(run, next.get() - 1, Snapshot.Kind.SPECTRUM, 1, 2, values));
  }

  @Override
  public void close() {
    if (closed) {
      throw new IllegalStateException("closed twice");
    }
    closed = true;
  }
}
