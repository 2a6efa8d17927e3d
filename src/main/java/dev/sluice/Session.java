package dev.sluice;

import dev.sluice.collapse.CollapseSeries;
import dev.sluice.compute.Backend;
import dev.sluice.config.BadInputException;
import dev.sluice.config.Settings;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunInfo;
import dev.sluice.event.RunState;
import dev.sluice.history.Machine;
import dev.sluice.history.RunFolder;
import dev.sluice.history.RunLog;
import dev.sluice.metrics.PipelineSeries;
import dev.sluice.metrics.PlatformMeters;
import dev.sluice.metrics.ProcessFacts;
import dev.sluice.metrics.ProcessMetrics;
import dev.sluice.metrics.RunMetrics;
import dev.sluice.recipe.Experiment;
import dev.sluice.verticle.RunHandle;
import dev.sluice.verticle.RunOutcome;
import dev.sluice.verticle.RunRequest;
import dev.sluice.verticle.RunSupervisor;
import dev.sluice.verticle.StreamSettings;
import dev.sluice.web.PortBusyException;
import dev.sluice.web.WebOptions;
import dev.sluice.web.WebServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The program put together: everything that is built is built here, once, and handed to those who
 * need it. One command opens one session, runs what was ordered and closes it.
 */
final class Session implements AutoCloseable {

  /** Ctrl-C ends the process within two seconds; this much of it is for the runs and the report. */
  private static final long INTERRUPT_MILLIS = 1_900;

  /** And this much for a step at hand; the rest is for the report. */
  private static final long OUTCOME_MILLIS = 1_200;

  /** How long the end waits for steps that are on their way out. */
  private static final Duration LAST_SENDING = Duration.ofSeconds(5);

  private static final Duration LAST_SENDING_IN_A_HURRY = Duration.ofMillis(300);

  /** How long it waits for a last scrape, where scrapes come regularly. */
  private static final Duration LAST_SCRAPE = Duration.ofSeconds(16);

  private static final Duration LAST_SCRAPE_IN_A_HURRY = Duration.ofMillis(1_050);

  /** And this much for what comes last. */
  private static final long LAST_STEPS_MILLIS = 250;

  private static final String INTERRUPTED = "interrupted";

  /** After the end of a run; long enough for a scrape, and for a look. */
  private static final Duration SERIES_STAY = Duration.ofMinutes(5);

  /** Reports that may wait for the disk: more than the stream lets a trainer be ahead. */
  static final int LOG_CAPACITY = 2 * StreamSettings.DEFAULT.historyWindow();

  private final ServingSettings serving;
  private final Console console;
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PlatformMeters platform = new PlatformMeters(registry);
  private final Vertx vertx;
  private final RunMetrics metrics;
  private final RunSupervisor supervisor;
  private final Progress progress;
  private final StepDelivery delivery;
  private final List<Backend> backends = new ArrayList<>();
  private final CompletableFuture<@Nullable Void> impatience = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread onInterrupt = new Thread(this::interrupt, "sluice-interrupt");
  private volatile boolean interrupted;
  private volatile long interruptedNanos;
  private @Nullable WebServer served;

  private Session(ServingSettings serving, Console console) {
    this.serving = serving;
    this.console = console;
    vertx = Vertx.builder().with(withoutFileCache()).withMetrics(platform.forVertx()).build();
    metrics = new RunMetrics(registry, InstantSource.system(), SERIES_STAY);
    progress = new Progress(console);
    delivery = new StepDelivery(serving.remoteWrite(), serving.dataDirectory(), registry);
    supervisor = new RunSupervisor(vertx);
    Runtime.getRuntime().addShutdownHook(onInterrupt);
  }

  /** Starts what runs need. */
  static Session open(ServingSettings serving, Console console) {
    return new Session(serving, console);
  }

  /** Everything that is served comes from the class path by other means. */
  private static VertxOptions withoutFileCache() {
    return new VertxOptions()
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  /** Opens the page, where one is wanted, and says where it is. */
  private void serve(List<RunOrder> orders) {
    if (!serving.web()) {
      return;
    }
    WebOptions options =
        WebOptions.of(serving.host(), serving.port(), serving.token()).expecting(orders.size());
    WebServer server =
        new WebServer(options, registry, new ProcessMetrics(registry, facts(orders)));
    await(vertx.deployVerticle(server));
    served = server;
    console.out().println("Sluice is at " + server.address() + terms());
    console.out().flush();
  }

  /** What else there is to know about the address. */
  private String terms() {
    String others = serving.host().isEvery() ? " and at every other address of this machine" : "";
    String token =
        serving.token() == null ? "" : "; it asks for the token, as password of any user name";
    return others + token;
  }

  private static ProcessFacts facts(List<RunOrder> orders) {
    return new ProcessFacts(
        Versions.sluice(),
        Versions.UNKNOWN,
        orders.get(0).backend(),
        Versions.blas(),
        "cpu",
        Natives.blasThreads(System.getenv()),
        Pointer::physicalBytes,
        Pointer::maxPhysicalBytes);
  }

  /** One run to its end. */
  ExitStatus run(RunOrder order, @Nullable ReportFile report, boolean failOnCollapse)
      throws Exception {
    return unlessInterrupted(() -> runToEnd(order, report, failOnCollapse));
  }

  private ExitStatus runToEnd(RunOrder order, @Nullable ReportFile report, boolean failOnCollapse)
      throws IOException {
    // settings that do not fit each other are answered before anything is announced
    Prepared prepared = prepare(order);
    try {
      serve(List.of(order));
    } catch (RuntimeException failed) {
      prepared.discard();
      throw failed;
    }
    Started run = start(prepared, failOnCollapse);
    RunOutcome outcome = outcome(run.handle().done());
    progress.close();
    ExitStatus status = outcome == null ? ExitStatus.INTERRUPTED : status(outcome, run.collapse());
    String reason = outcome == null ? INTERRUPTED : reason(outcome, run.collapse(), status);
    if (report != null) {
      report.write(RunReport.of(run.handle().info(), order.settings(), outcome, status, reason));
    }
    console.out().println(closingLine(run.handle().info(), outcome, reason));
    console.out().flush();
    return status;
  }

  /** Several runs side by side, until they have ended or somebody ends them. */
  ExitStatus demonstrate(List<RunOrder> orders) throws Exception {
    return unlessInterrupted(() -> runAll(orders));
  }

  private ExitStatus runAll(List<RunOrder> orders) {
    serve(orders);
    List<Prepared> prepared = new ArrayList<>();
    for (RunOrder order : orders) {
      prepared.add(prepare(order));
    }
    List<Started> runs = new ArrayList<>();
    for (Prepared run : prepared) {
      runs.add(start(run, false));
    }
    ExitStatus status = ExitStatus.FINISHED;
    for (Started run : runs) {
      RunOutcome outcome = await(run.handle().done());
      if (outcome.state() == RunState.FAILED) {
        status = ExitStatus.FAILED;
        progress.say(outcome.info().run() + ": failed: " + outcome.reason());
      }
    }
    return status;
  }

  /** Whatever fails because everything is being ended is no failure. */
  private ExitStatus unlessInterrupted(Callable<ExitStatus> runs) throws Exception {
    try {
      ExitStatus status = runs.call();
      return interrupted ? ExitStatus.INTERRUPTED : status;
    } catch (RuntimeException failed) {
      if (interrupted) {
        return ExitStatus.INTERRUPTED;
      }
      throw failed;
    }
  }

  private Prepared prepare(RunOrder order) {
    Backend kernels = order.openBackend();
    backends.add(kernels);
    Experiment experiment = order.openExperiment(kernels);
    experiment.notices().forEach(progress::say);
    RunFolder folder;
    RunInfo info;
    RunLog log;
    try {
      long startMillis = System.currentTimeMillis();
      folder = RunFolder.create(serving.dataDirectory(), stem(order.settings()), startMillis);
      info = info(order, experiment, folder.id(), startMillis);
      folder.describe(info, Versions.all(), Machine.here());
      log = RunLog.open(folder.database(), info.layout(), LOG_CAPACITY);
    } catch (IOException unwritable) {
      experiment.trainer().close();
      throw new BadInputException(
          "--data-dir "
              + BadInputException.echo(serving.dataDirectory().toString())
              + ": "
              + unwritable.getMessage(),
          unwritable);
    }
    return new Prepared(info, experiment, kernels, log, folder);
  }

  /** What the run is, for the name of its folder. */
  private static String stem(Settings<?> settings) {
    Map<String, String> texts = settings.texts();
    String augment = texts.containsKey("augment") ? "-" + texts.get("augment") : "";
    return settings.preset().name() + augment + "-s" + texts.getOrDefault("seed", "0");
  }

  private Started start(Prepared prepared, boolean failOnCollapse) {
    RunInfo info = prepared.info();
    CollapseWatch collapse = new CollapseWatch(failOnCollapse ? () -> stop(info) : () -> {});
    RunRequest request =
        RunRequest.of(info, prepared.experiment(), prepared.kernels())
            .withDetectors(new Detectors(info, prepared.experiment()))
            .withHistory(
                new HistoryLog(info.run(), prepared.log(), metrics), prepared.log()::appendNow)
            .withWatcher(new MetricsWatch(metrics))
            .withWatcher(progress.watch(info))
            .withWatcher(collapse);
    RunHandle handle = startAndDeliver(prepared, request);
    return new Started(handle, failOnCollapse ? collapse : null);
  }

  private RunHandle startAndDeliver(Prepared prepared, RunRequest request) {
    try {
      delivery.begin(prepared.folder());
    } catch (RuntimeException unwritable) {
      prepared.discard();
      throw unwritable;
    }
    try {
      RunHandle handle = await(supervisor.start(request));
      delivery.follow(handle);
      return handle;
    } catch (RuntimeException failed) {
      delivery.end(prepared.info().run());
      throw failed;
    }
  }

  private void stop(RunInfo info) {
    supervisor
        .stop(info.run())
        .onFailure(refused -> progress.say("sluice: " + refused.getMessage()));
  }

  private static RunInfo info(RunOrder order, Experiment experiment, String id, long startMillis) {
    return new RunInfo(
        id,
        order.settings().recipe().name(),
        order.settings().preset().name(),
        Long.parseLong(order.settings().texts().getOrDefault("seed", "0")),
        experiment.horizon(),
        order.endless() ? -1 : experiment.defaultSteps(),
        experiment.groundTruth(),
        order.backend(),
        order.settings().texts(),
        experiment.trainer().cadences(),
        PipelineSeries.layout(experiment.trainer().series(), CollapseSeries.all()),
        experiment.knobs(),
        experiment.tileSide(),
        order.bands(),
        experiment.loss(),
        experiment.source(),
        startMillis);
  }

  /**
   * How the run ended; null when it was interrupted and did not end in time, in the middle of a
   * long step.
   */
  private @Nullable RunOutcome outcome(Future<RunOutcome> done) {
    CompletableFuture<RunOutcome> ended = done.toCompletionStage().toCompletableFuture();
    CompletableFuture.anyOf(ended.handle((outcome, failure) -> outcome), impatience).join();
    return ended.isDone() ? await(done) : null;
  }

  private ExitStatus status(RunOutcome outcome, @Nullable CollapseWatch collapse) {
    if (interrupted) {
      return ExitStatus.INTERRUPTED;
    }
    if (collapse != null && collapse.first() != null) {
      return ExitStatus.COLLAPSED;
    }
    return outcome.state() == RunState.FAILED ? ExitStatus.FAILED : ExitStatus.FINISHED;
  }

  private static String reason(
      RunOutcome outcome, @Nullable CollapseWatch collapse, ExitStatus status) {
    RunEvent.CollapseChanged first = collapse == null ? null : collapse.first();
    return switch (status) {
      case INTERRUPTED -> INTERRUPTED;
      case COLLAPSED -> first == null ? "collapse" : "collapse: " + first.kind().label();
      case FAILED -> "failed: " + outcome.reason();
      case FINISHED, BAD_INPUT -> "finished";
    };
  }

  private static String closingLine(RunInfo info, @Nullable RunOutcome outcome, String reason) {
    if (outcome == null) {
      return info.run() + ": " + reason + " in the middle of a step";
    }
    return String.format(
        Locale.ROOT,
        "%s: %s after %d steps in %.1f s",
        info.run(),
        reason,
        outcome.steps(),
        outcome.wallSeconds());
  }

  /** On Ctrl-C: ends the runs and lets the command write its report and close everything. */
  private void interrupt() {
    interruptedNanos = System.nanoTime();
    interrupted = true;
    impatience.completeOnTimeout(null, OUTCOME_MILLIS, TimeUnit.MILLISECONDS);
    supervisor.close();
    try {
      if (!closed.await(INTERRUPT_MILLIS, TimeUnit.MILLISECONDS)) {
        progress.say("sluice: not everything could be ended in time");
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    progress.close();
    await(supervisor.close());
    String unsent = delivery.close(interrupted ? sendingInAHurry() : LAST_SENDING);
    if (!unsent.isEmpty()) {
      console.err().println("sluice: " + unsent);
      console.err().flush();
    }
    letThemSee();
    if (interrupted) {
      // what is left to close ends with the process
      closed.countDown();
    }
    await(vertx.close());
    platform.close();
    backends.forEach(Backend::close);
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException endingAlready) {
      interrupted = true;
    }
  }

  /** The last scrape goes first: without it the runs would look killed, while steps can wait. */
  private Duration sendingInAHurry() {
    Duration both = inAHurry(LAST_SCRAPE_IN_A_HURRY.plus(LAST_SENDING_IN_A_HURRY));
    Duration left = both.minus(LAST_SCRAPE_IN_A_HURRY);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** As long as that, or what is left until the process has to be gone. */
  private Duration inAHurry(Duration wanted) {
    long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - interruptedNanos);
    long left = Math.max(0, INTERRUPT_MILLIS - LAST_STEPS_MILLIS - since);
    return Duration.ofMillis(Math.min(wanted.toMillis(), left));
  }

  /** Who scrapes regularly is to see how the runs ended, rather than take them for killed. */
  private void letThemSee() {
    if (served == null) {
      return;
    }
    try {
      served.awaitScrape(interrupted ? inAHurry(LAST_SCRAPE_IN_A_HURRY) : LAST_SCRAPE);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get();
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", nobodyDoes);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof PortBusyException busy) {
        throw new BadInputException(String.valueOf(busy.getMessage()), busy);
      }
      throw new IllegalStateException(String.valueOf(failed.getCause()), failed.getCause());
    }
  }

  /** A run that only has to be started. */
  private record Prepared(
      RunInfo info, Experiment experiment, Backend kernels, RunLog log, RunFolder folder) {

    void discard() {
      experiment.trainer().close();
      log.close();
      folder.discard();
    }
  }

  /**
   * A run under way.
   *
   * @param collapse looks out for a collapse, where one is to end the run
   */
  private record Started(RunHandle handle, @Nullable CollapseWatch collapse) {}
}
