package dev.sluice.verticle;

import dev.sluice.augment.PairBatch;
import dev.sluice.event.Addresses;
import dev.sluice.event.Control;
import dev.sluice.event.RunInfo;
import dev.sluice.recipe.Experiment;
import dev.sluice.train.Ticker;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and ends runs, any number side by side in one process. Each has a trainer and pair streams
 * on worker pools of its own; the verticles that watch are shared. A run that fails ends alone.
 * Safe for any number of threads.
 */
public final class RunSupervisor {
  private static final Logger LOG = LoggerFactory.getLogger(RunSupervisor.class);

  /** So long may the runs take to end when everything is closed; the rest is for undeploying. */
  private static final long CLOSE_MILLIS = 1500;

  private static final double SECONDS = 1e-9;

  private final Vertx vertx;
  private final LongSupplier wallMillis;
  private final Ticker ticker;
  private final CollapseVerticle collapse = new CollapseVerticle();
  private final HistoryVerticle history = new HistoryVerticle();
  private final MetricsVerticle metrics = new MetricsVerticle();
  private final Map<String, Running> runs = new ConcurrentHashMap<>();
  private final Future<?> shared;

  /** Outlives every run: what undeploys a worker must not run on it. */
  private final Context home;

  private volatile boolean closing;

  /** With the machine's clocks. */
  public RunSupervisor(Vertx vertx) {
    this(vertx, System::currentTimeMillis, System::nanoTime);
  }

  /**
   * @param wallMillis milliseconds since the epoch
   * @param ticker monotonic time
   */
  public RunSupervisor(Vertx vertx, LongSupplier wallMillis, Ticker ticker) {
    this.vertx = vertx;
    this.wallMillis = wallMillis;
    this.ticker = ticker;
    home = vertx.getOrCreateContext();
    BusCodecs.register(vertx);
    shared =
        Future.all(
            vertx.deployVerticle(collapse),
            vertx.deployVerticle(history, onWorkers("sluice-history", 1)),
            vertx.deployVerticle(metrics));
  }

  /** The ids of the runs that have not ended. */
  public Set<String> runs() {
    return new TreeSet<>(runs.keySet());
  }

  /**
   * Starts a run; completes when it is about to make its first step. Where it fails, what the
   * request handed over is closed.
   */
  public Future<RunHandle> start(RunRequest request) {
    Running run = new Running(request, ticker.nanos());
    String id = request.info().run();
    if (closing || runs.putIfAbsent(id, run) != null) {
      request.experiment().trainer().close();
      request.history().close();
      return Future.failedFuture(
          new IllegalStateException(
              closing ? "no run is started while closing" : "run " + id + " is running already"));
    }
    Promise<RunHandle> started = Promise.promise();
    home.runOnContext(
        none ->
            shared
                .compose(deployed -> deploy(run))
                .recover(failure -> giveUp(run, failure))
                .map(deployed -> follow(run))
                .onComplete(started));
    return started.future();
  }

  /**
   * Ends a run as finished after the step at hand, with its closing evaluation; completes with the
   * number of steps it made.
   */
  public Future<Long> stop(String id) {
    if (!runs.containsKey(id)) {
      return Future.failedFuture(
          new IllegalArgumentException("no run " + id + " is running; running: " + runs()));
    }
    return vertx
        .eventBus()
        .<Long>request(Addresses.control(id), new Control.Stop(), BusCodecs.LOCAL)
        .map(Message::body);
  }

  /**
   * Ends all runs without their closing evaluations; completes within two seconds, whether or not
   * all could be ended in time.
   */
  public Future<Void> close() {
    closing = true;
    List<Future<?>> ends = new ArrayList<>();
    for (Running run : runs.values()) {
      ends.add(run.done.future());
      run.halt();
    }
    Promise<Void> closed = Promise.promise();
    vertx.setTimer(CLOSE_MILLIS, late -> closed.tryComplete());
    Future.join(ends).onComplete(joined -> closed.tryComplete());
    return closed.future().onSuccess(none -> reportLate());
  }

  private void reportLate() {
    if (!runs.isEmpty()) {
      LOG.warn("runs that did not end in {} ms: {}", CLOSE_MILLIS, runs());
    }
  }

  private Future<String> deploy(Running run) {
    RunRequest request = run.request;
    RunInfo info = request.info();
    Experiment experiment = request.experiment();
    StreamSettings stream = request.stream();
    PairPool pool =
        new PairPool(
            stream.credits() + stream.producers(),
            () -> new PairBatch(request.backend(), experiment.shape()));
    run.pool = pool;
    ProducerIdle idle = new ProducerIdle();
    TrainerVerticle trainer = new TrainerVerticle(request, pool, idle, wallMillis, ticker);
    collapse.attach(info.run(), request.detectors());
    run.historyClosed = history.attach(info.run(), request.history(), trainer::fail);
    List<RunWatcher> watchers = new ArrayList<>(request.watchers());
    watchers.add(run.tail);
    metrics.attach(info.run(), watchers);
    run.attached = true;
    return vertx
        .deployVerticle(
            () -> new PairStreamVerticle(info.run(), experiment.pairs(), pool, idle, ticker),
            onWorkers(info.run() + "-pairs", stream.producers()).setInstances(stream.producers()))
        .onSuccess(run.deployments::add)
        .compose(pairs -> vertx.deployVerticle(trainer, onWorkers(info.run() + "-trainer", 1)))
        .onSuccess(
            deployed -> {
              run.deployments.add(deployed);
              run.trainer = trainer;
            });
  }

  private Future<String> giveUp(Running run, Throwable failure) {
    run.done.tryFail(failure);
    if (!run.attached) {
      run.request.history().close();
    }
    return tearDown(run).compose(closed -> Future.failedFuture(failure));
  }

  private RunHandle follow(Running run) {
    TrainerVerticle trainer = Objects.requireNonNull(run.trainer);
    if (closing) {
      run.halt();
    }
    Future<TrainerEnd> ended = trainer.ended();
    Future.join(ended, run.tail.ended(), run.historyClosed)
        .onComplete(
            all ->
                home.runOnContext(
                    none -> tearDown(run).onComplete(gone -> run.finished(outcome(run, ended)))));
    return run;
  }

  private RunOutcome outcome(Running run, Future<TrainerEnd> ended) {
    double wallSeconds = (ticker.nanos() - run.began) * SECONDS;
    return RunOutcome.of(
        run.request.info(),
        run.request.experiment().trainer().series().size(),
        ended.result(),
        run.tail,
        wallSeconds,
        run.historyClosed.cause());
  }

  /** Undeploys what there is of a run, the trainer first, and frees what it used. Does not fail. */
  private Future<Void> tearDown(Running run) {
    String id = run.request.info().run();
    Future<Void> gone = Future.succeededFuture();
    for (int i = run.deployments.size() - 1; i >= 0; i--) {
      String deployment = run.deployments.get(i);
      gone =
          gone.transform(before -> vertx.undeploy(deployment))
              .onFailure(failure -> LOG.error("run {}: did not end cleanly", id, failure));
    }
    return gone.transform(
        undeployed -> {
          if (run.trainer == null) {
            run.request.experiment().trainer().close();
          }
          collapse.detach(id);
          history.detach(id);
          metrics.detach(id);
          if (run.pool != null) {
            run.pool.close();
          }
          runs.remove(id);
          return Future.succeededFuture();
        });
  }

  private static DeploymentOptions onWorkers(String pool, int threads) {
    return new DeploymentOptions()
        .setThreadingModel(ThreadingModel.WORKER)
        .setWorkerPoolName(pool)
        .setWorkerPoolSize(threads)
        .setMaxWorkerExecuteTime(10)
        .setMaxWorkerExecuteTimeUnit(TimeUnit.MINUTES);
  }

  /** A run and what was set up for it. */
  private static final class Running implements RunHandle {
    private final RunRequest request;
    private final long began;
    private final RunTail tail = new RunTail();
    private final Promise<RunOutcome> done = Promise.promise();
    private final List<String> deployments = new ArrayList<>();
    private Future<Void> historyClosed = Future.succeededFuture();
    private boolean attached;
    private @Nullable PairPool pool;
    private volatile @Nullable TrainerVerticle trainer;

    Running(RunRequest request, long began) {
      this.request = request;
      this.began = began;
    }

    void finished(RunOutcome outcome) {
      done.tryComplete(outcome);
    }

    /** Ends the run at once where it is running; one still being set up is ended when it is. */
    void halt() {
      TrainerVerticle running = trainer;
      if (running != null) {
        running.halt();
      }
    }

    @Override
    public RunInfo info() {
      return request.info();
    }

    @Override
    public Future<RunOutcome> done() {
      return done.future();
    }
  }
}
