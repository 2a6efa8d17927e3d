package dev.sluice.verticle;

import dev.sluice.augment.PairBatch;
import dev.sluice.event.Addresses;
import dev.sluice.event.Control;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunInfo;
import dev.sluice.event.RunState;
import dev.sluice.event.Snapshot;
import dev.sluice.event.StepReport;
import dev.sluice.train.Ticker;
import dev.sluice.train.Trainer;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the training of one run on the one thread of the run's own worker pool: asks for batches a
 * few steps ahead, makes one step per turn in the order of the steps, and publishes its report.
 *
 * <p>It pulls: there is no back-pressure on the bus, so at most {@code credits} batches are asked
 * for or waiting, and it never runs further ahead of the history than its window. What it publishes
 * goes to {@link Addresses#MEASURED}, events too, so that every consumer sees them in one order.
 */
final class TrainerVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(TrainerVerticle.class);

  private static final String SCHEDULE_STAGE = "sluice_schedule_stage";

  private final RunInfo info;
  private final Trainer trainer;
  private final PairPool pool;
  private final EventJournal journal;
  private final StreamSettings settings;
  private final Ticker ticker;
  private final RunKnobs knobs;
  private final StepWindow window;
  private final Waits waits = new Waits();
  private final ProducerIdle idle;
  private final StepMeter meter;
  private final Pacer pacer;
  private final SnapshotRhythm snapshots;
  private final int stageSlot;
  private final Promise<TrainerEnd> ended = Promise.promise();
  private final Handler<Void> turn = this::turn;

  private long committed;
  private int inFlight;
  private boolean paused;
  private boolean turnPending;
  private boolean timerPending;
  private long timer;
  private KnobValues inForce;
  private double stage = StepReport.ABSENT;
  private @Nullable TrainerEnd end;

  TrainerVerticle(
      RunRequest request,
      PairPool pool,
      ProducerIdle idle,
      LongSupplier wallMillis,
      Ticker ticker) {
    info = request.info();
    trainer = request.experiment().trainer();
    journal = request.journal();
    settings = request.stream();
    this.pool = pool;
    this.ticker = ticker;
    this.idle = idle;
    inForce = request.experiment().knobs();
    knobs = new RunKnobs(inForce, request.experiment().views());
    window = new StepWindow(trainer.nextStep(), settings.credits(), inForce);
    committed = trainer.nextStep() - 1;
    meter =
        new StepMeter(info.layout(), request.experiment().shape().pairs(), waits, idle, wallMillis);
    pacer = new Pacer(inForce.get(Knob.PACE), ticker.nanos());
    snapshots = new SnapshotRhythm(settings.snapshotPeriod(), settings.snapshotMillis());
    stageSlot = info.layout().slot(SCHEDULE_STAGE);
  }

  /** Completes when the run has ended and every buffer has come back. */
  Future<TrainerEnd> ended() {
    return ended.future();
  }

  @Override
  public Future<?> start() {
    EventBus bus = vertx.eventBus();
    bus.localConsumer(Addresses.batches(info.run()), this::answered);
    bus.<Control>localConsumer(Addresses.control(info.run()), this::control);
    bus.<Long>localConsumer(Addresses.committed(info.run()), this::committed);
    publish(new RunEvent.Started(info));
    waits.enter(Waits.Obstacle.NONE, ticker.nanos());
    askAhead();
    context.runOnContext(turn);
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    trainer.close();
    return Future.succeededFuture();
  }

  // ---- the stream

  /** Makes the next step if nothing stands in its way, else notes what does. */
  private void advance() {
    if (end != null || turnPending) {
      return;
    }
    if (window.next() == info.lastStep()) {
      finish();
      return;
    }
    long now = ticker.nanos();
    Waits.Obstacle obstacle = obstacle(now);
    waits.enter(obstacle, now);
    if (obstacle != Waits.Obstacle.NONE) {
      return;
    }
    step(now);
    turnPending = true;
    context.runOnContext(turn);
  }

  private void turn(@Nullable Void none) {
    turnPending = false;
    advance();
  }

  private Waits.Obstacle obstacle(long now) {
    if (paused) {
      return Waits.Obstacle.PAUSE;
    }
    long delay = pacer.delayNanos(now);
    if (delay > 0) {
      wake(delay);
      return Waits.Obstacle.PACE;
    }
    if (!window.nextIsReady()) {
      return Waits.Obstacle.PAIRS;
    }
    if (window.next() - committed > settings.historyWindow()) {
      return Waits.Obstacle.HISTORY;
    }
    return Waits.Obstacle.NONE;
  }

  private void step(long began) {
    long step = window.next();
    boolean paced = pacer.holds(began);
    pacer.stepped(began);
    inForce = window.knobs();
    double[] values = info.layout().emptyValues();
    try {
      trainer.step(window.batch(), inForce, values);
    } catch (RuntimeException | Error failure) {
      LOG.error("run {}: step {} failed", info.run(), step, failure);
      end(RunState.FAILED, "step " + step + ": " + Refusal.reason(failure), null);
      return;
    }
    long made = ticker.nanos();
    PairBatch batch = window.made();
    meter.filled(batch.fillNanos());
    int queued = window.ready();
    pool.release(batch);
    askAhead();
    long asked = ticker.nanos();
    meter.transferred(asked - made);
    meter.write(step, made - began, queued, paced, values);
    publish(step, values);
    long now = ticker.nanos();
    if (snapshots.due(step, now)) {
      publishSnapshots();
      now = ticker.nanos();
    }
    meter.published(now - asked);
  }

  private void askAhead() {
    while (window.mayAsk() && window.asked() != info.lastStep()) {
      PairRequest request = new PairRequest(window.asked(), knobs.views());
      window.ask(knobs.values());
      inFlight++;
      vertx.eventBus().send(Addresses.pairs(info.run()), request, BusCodecs.LOCAL);
    }
  }

  private void answered(Message<Object> message) {
    long began = ticker.nanos();
    inFlight--;
    if (message.body() instanceof PairFailure failure) {
      String reason = "pairs of step " + failure.step() + ": " + failure.reason();
      end(RunState.FAILED, reason, null);
    } else {
      take((PairBatch) message.body());
    }
    meter.transferred(ticker.nanos() - began);
    advance();
    completeWhenDrained();
  }

  private void take(PairBatch batch) {
    if (end != null) {
      pool.release(batch);
      return;
    }
    try {
      window.arrived(batch);
    } catch (IllegalStateException notAskedFor) {
      pool.release(batch);
      end(RunState.FAILED, Refusal.reason(notAskedFor), null);
    }
  }

  private void wake(long delayNanos) {
    if (timerPending) {
      return;
    }
    timerPending = true;
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(delayNanos));
    timer =
        vertx.setTimer(
            millis,
            id -> {
              timerPending = false;
              advance();
            });
  }

  private void cancelTimer() {
    if (timerPending && vertx.cancelTimer(timer)) {
      timerPending = false;
    }
  }

  private void committed(Message<Long> message) {
    committed = Math.max(committed, message.body());
    advance();
  }

  // ---- what it says

  private void publish(long step, double[] values) {
    StepReport report = new StepReport(info.run(), step, meter.nextMillis(), info.layout(), values);
    vertx.eventBus().publish(Addresses.MEASURED, report, BusCodecs.LOCAL);
    double entered = report.value(stageSlot);
    if (StepReport.isAbsent(entered) || entered == stage) {
      return;
    }
    if (!StepReport.isAbsent(stage)) {
      publish(new RunEvent.StageEntered(info.run(), step, report.timestampMillis(), (int) entered));
    }
    stage = entered;
  }

  private void publish(RunEvent event) {
    vertx.eventBus().publish(Addresses.MEASURED, event, BusCodecs.LOCAL);
  }

  private void publishSnapshots() {
    try {
      for (Snapshot snapshot : trainer.snapshots(info.run())) {
        vertx.eventBus().publish(Addresses.SNAPSHOTS, snapshot, BusCodecs.LOCAL);
      }
    } catch (RuntimeException failure) {
      LOG.warn("run {}: no snapshot after step {}", info.run(), window.next() - 1, failure);
    }
  }

  // ---- control

  private void control(Message<Control> message) {
    if (end != null) {
      message.fail(Refusal.NOT_ALLOWED, "run " + info.run() + " has ended");
      return;
    }
    Control control = message.body();
    if (control instanceof Control.MoveKnob move) {
      move(message, move.knob(), move.value());
    } else if (control instanceof Control.Pause) {
      pause(message);
    } else if (control instanceof Control.Resume) {
      resume(message);
    } else {
      message.reply(window.next());
      finish();
    }
  }

  private void move(Message<Control> message, Knob knob, double value) {
    String refusal = knobs.refusal(knob, value);
    if (refusal == null && knob != Knob.PACE && window.asked() == info.lastStep()) {
      refusal = knob.key() + " cannot be moved: the last batch has been asked for already";
    }
    if (refusal != null) {
      message.fail(Refusal.NOT_ALLOWED, refusal);
      return;
    }
    // no batch and no gradient depends on the pace, so a slow run need not wait for it
    long from = knob == Knob.PACE ? window.next() : window.asked();
    double before = knobs.values().get(knob);
    if (before == value) {
      message.reply(from);
      return;
    }
    RunEvent event =
        new RunEvent.KnobChanged(info.run(), from, meter.nextMillis(), knob, before, value);
    try {
      journal.commit(event);
    } catch (RuntimeException failure) {
      LOG.error("run {}: {} could not be recorded", info.run(), event.text(), failure);
      message.fail(
          Refusal.FAILED,
          knob.key() + " stays at " + before + ", recording failed: " + Refusal.reason(failure));
      return;
    }
    knobs.move(knob, value);
    publish(event);
    message.reply(from);
    if (knob == Knob.PACE) {
      window.moveAtOnce(knob, value);
      pacer.restart(value, ticker.nanos());
      cancelTimer();
      advance();
    }
  }

  private void pause(Message<Control> message) {
    if (!paused) {
      paused = true;
      cancelTimer();
      state(RunState.PAUSED);
    }
    message.reply(window.next());
    advance();
  }

  private void resume(Message<Control> message) {
    if (paused) {
      paused = false;
      long now = ticker.nanos();
      waits.enter(Waits.Obstacle.NONE, now);
      idle.pausedNanos(waits.pauseNanos());
      pacer.restart(now);
      state(RunState.RUNNING);
    }
    message.reply(window.next());
    advance();
  }

  private void state(RunState state) {
    publish(new RunEvent.StateChanged(info.run(), window.next(), meter.nextMillis(), state, ""));
  }

  // ---- the end

  /** Ends the run as failed; from any thread. */
  void fail(String reason) {
    endFromOutside(RunState.FAILED, reason);
  }

  /** Ends the run as finished without a closing evaluation; from any thread. */
  void halt() {
    endFromOutside(RunState.FINISHED, "interrupted");
  }

  private void endFromOutside(RunState state, String reason) {
    try {
      context.runOnContext(none -> end(state, reason, null));
    } catch (RejectedExecutionException gone) {
      LOG.debug("run {} has ended already", info.run());
    }
  }

  private void finish() {
    double[] closing = info.layout().emptyValues();
    try {
      trainer.evaluate(settings.closingSamples(), inForce, closing);
    } catch (RuntimeException | Error failure) {
      LOG.error("run {}: closing evaluation failed", info.run(), failure);
      end(RunState.FAILED, "closing evaluation: " + Refusal.reason(failure), null);
      return;
    }
    publishSnapshots();
    long step = window.next() - 1;
    StepReport report =
        new StepReport(info.run(), step, meter.nextMillis(), info.layout(), closing);
    end(RunState.FINISHED, "", report);
  }

  /** Ends the run unless it has ended: the first reason stands. */
  private void end(RunState state, String reason, @Nullable StepReport closing) {
    if (end != null) {
      return;
    }
    cancelTimer();
    RunEvent.StateChanged event =
        new RunEvent.StateChanged(info.run(), window.next(), meter.nextMillis(), state, reason);
    end = new TrainerEnd(event, closing, meter.stepTimes(), trainer.disabledProbes());
    for (PairBatch left = window.drain(); left != null; left = window.drain()) {
      pool.release(left);
    }
    publish(event);
    completeWhenDrained();
  }

  private void completeWhenDrained() {
    if (end != null && inFlight == 0) {
      ended.tryComplete(end);
    }
  }
}
