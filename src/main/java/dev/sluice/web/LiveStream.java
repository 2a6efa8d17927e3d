package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.event.Snapshot;
import dev.sluice.metrics.ProcessMetrics;
import dev.sluice.web.RunView.Progress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * GET /api/stream: server-sent events of every run. Used on the server's event loop only.
 *
 * <p>Each tick makes one frame of what is new and writes the same bytes to every client. A client
 * whose queue is full is left out and counted, so that it holds up nobody; when it reads again it
 * gets one frame made for it, of everything since, from the bounded memory of the curves. A new
 * client is the same case: it gets the history, written off the event loop, and then counts as
 * behind since the moment that history was taken.
 */
final class LiveStream {
  private static final String TRANSPORT = "sse";
  private static final String SINK = "live";

  /** Snapshots are large and change slowly: they go with every third frame. */
  private static final int SNAPSHOT_TICKS = 3;

  /** Clients that come together share one history. */
  private static final int HISTORY_TICKS = 10;

  /** A client that has not read for so many frames is cut off: a minute at ten a second. */
  private static final int MOST_SKIPPED = 600;

  private final Vertx vertx;
  private final RunDirectory directory;
  private final ProcessMetrics process;
  private final WebOptions.Live limits;
  private final Set<LiveClient> clients = new LinkedHashSet<>();
  private Map<String, Progress> previous = Map.of();
  private @Nullable Opening opening;
  private long timer = -1;
  private long tick;
  private long lastWritten;
  private long lastNanos;

  /** A history and the moment it was taken. */
  private record Opening(long tick, Map<String, Progress> at, Future<Buffer> bytes) {}

  /** What a history is written from. */
  private record Past(RunView run, List<CurveBucket> points, List<Snapshot> snapshots) {}

  LiveStream(Vertx vertx, RunDirectory directory, ProcessMetrics process, WebOptions.Live limits) {
    this.vertx = vertx;
    this.directory = directory;
    this.process = process;
    this.limits = limits;
  }

  void mount(Router router) {
    router.get("/api/stream").handler(this::join);
  }

  void start() {
    lastNanos = System.nanoTime();
    timer = vertx.setPeriodic(limits.frameMillis(), id -> tick());
  }

  void stop() {
    vertx.cancelTimer(timer);
    List.copyOf(clients).forEach(LiveClient::close);
  }

  private void join(RoutingContext context) {
    if (clients.size() >= limits.maxClients()) {
      Answers.refuse(
          context,
          503,
          "the live stream has " + clients.size() + " clients already, which is its limit");
      return;
    }
    HttpServerResponse response = context.response();
    response
        .putHeader("Content-Type", "text/event-stream; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Encoding", "identity")
        .setChunked(true);
    LiveClient client = new LiveClient(response);
    clients.add(client);
    countClients();
    response.exceptionHandler(failure -> leave(client));
    response.closeHandler(closed -> leave(client));
    response.endHandler(ended -> leave(client));
    Opening past = opening();
    past.bytes()
        .onSuccess(bytes -> client.open(bytes, past.at()))
        .onFailure(failure -> client.abandon());
  }

  private void leave(LiveClient client) {
    if (clients.remove(client)) {
      countClients();
    }
  }

  private void countClients() {
    process.streamClients(TRANSPORT, clients.size());
  }

  private Opening opening() {
    if (opening != null && tick - opening.tick() < HISTORY_TICKS) {
      return opening;
    }
    ObjectNode runs = RunJson.runs(directory.runs());
    List<Past> pasts = new ArrayList<>();
    for (RunView run : directory.runs()) {
      pasts.add(new Past(run, run.curvesAfter(-1), run.snapshotsSince(0)));
    }
    Future<Buffer> bytes = vertx.executeBlocking(() -> history(runs, pasts), false);
    opening = new Opening(tick, progress(Map.of(), true), bytes);
    return opening;
  }

  private static Buffer history(ObjectNode runs, List<Past> pasts) {
    Frame frame = new Frame().add("runs", runs);
    for (Past past : pasts) {
      frame.add("history", past.run(), past.points());
    }
    for (Past past : pasts) {
      past.snapshots().forEach(frame::add);
    }
    return frame.toBuffer();
  }

  private void tick() {
    measureLag();
    tick++;
    boolean snapshots = tick % SNAPSHOT_TICKS == 0;
    Map<String, Progress> now = progress(previous, snapshots);
    if (!clients.isEmpty()) {
      send(snapshots);
    }
    directory.runs().forEach(RunView::endFrame);
    previous = now;
  }

  private void send(boolean snapshots) {
    Frame news = new Frame();
    for (RunView run : directory.runs()) {
      addNews(news, run, previous.get(run.info().run()), run.recentCurves(), snapshots);
    }
    if (news.isEmpty() && (tick - lastWritten) * limits.frameMillis() >= limits.heartbeatMillis()) {
      news.comment();
    }
    Buffer shared = news.toBuffer();
    for (LiveClient client : List.copyOf(clients)) {
      send(client, shared);
    }
    if (!news.isEmpty()) {
      lastWritten = tick;
    }
  }

  private void send(LiveClient client, Buffer shared) {
    if (client.isOpening()) {
      return;
    }
    if (client.isFull()) {
      skip(client, shared);
      return;
    }
    Map<String, Progress> behindSince = client.behindSince();
    if (behindSince != null) {
      client.send(everythingSince(behindSince));
      return;
    }
    if (shared.length() > 0) {
      client.send(shared);
    }
  }

  private void skip(LiveClient client, Buffer shared) {
    if (shared.length() == 0) {
      return;
    }
    process.dropped(SINK, 1);
    if (client.skip(previous) > MOST_SKIPPED) {
      client.abandon();
      leave(client);
    }
  }

  private Buffer everythingSince(Map<String, Progress> then) {
    Frame news = new Frame();
    for (RunView run : directory.runs()) {
      Progress seen = then.get(run.info().run());
      addNews(news, run, seen, run.curvesAfter(seen == null ? -1 : seen.step()), true);
    }
    return news.isEmpty() ? news.comment().toBuffer() : news.toBuffer();
  }

  /**
   * Adds what is new of a run.
   *
   * @param seen how far its reader is, null when it does not know the run
   * @param points the curves since
   */
  private static void addNews(
      Frame news,
      RunView run,
      @Nullable Progress seen,
      List<CurveBucket> points,
      boolean snapshots) {
    if (seen == null || seen.run() != run) {
      news.add("run", RunJson.run(run)).add("history", run, run.curvesAfter(-1));
      run.snapshotsSince(0).forEach(news::add);
      return;
    }
    // events first: a reader replaces what it has by the run's own list, which holds them too
    run.eventsSince(seen.events()).forEach(event -> news.add("event", RunJson.event(event)));
    if (run.progress().states() != seen.states()) {
      news.add("run", RunJson.run(run));
    }
    news.add("steps", run, points);
    if (snapshots) {
      run.snapshotsSince(seen.snapshots()).forEach(news::add);
    }
  }

  /** How far every run is; where snapshots wait for a later frame, they count as not seen. */
  private Map<String, Progress> progress(Map<String, Progress> before, boolean snapshots) {
    Map<String, Progress> now = new HashMap<>();
    for (RunView run : directory.runs()) {
      Progress progress = run.progress();
      Progress old = before.get(run.info().run());
      if (!snapshots && old != null && old.run() == run) {
        progress = progress.withSnapshots(old.snapshots());
      }
      now.put(run.info().run(), progress);
    }
    return now;
  }

  private void measureLag() {
    long now = System.nanoTime();
    process.eventLoopLag(Math.max(0, (now - lastNanos) / 1e9 - limits.frameMillis() / 1e3));
    lastNanos = now;
  }
}
