package dev.sluice.dashboard;

/** The process: is it up, what does it use, whom does it serve. */
final class ServiceDashboard {
  /** The scrape job, by which series of the JVM and of Vert.x are told from those of others. */
  private static final String JOB = "{job=\"sluice\"}";

  private final Promql q;

  private ServiceDashboard(Promql q) {
    this.q = q;
  }

  static String write(Promql promql) {
    ServiceDashboard board = new ServiceDashboard(promql);
    return Dashboard.ofTheProcess(
            promql,
            "sluice-service",
            "Service",
            "The process behind the runs: memory, time, requests, and the sinks it feeds.")
        .row(
            "At a glance",
            board.up(),
            board.uptime(),
            board.runs(),
            board.firing(),
            board.build(),
            board.backend())
        .row("Alerts", board.alerts())
        .row("Memory", board.offHeap(), board.heap(), board.pools())
        .row("Time", board.cpu(), board.collections(), board.lag())
        .row("Threads and files", board.threads(), board.files(), board.workers())
        .row("Who asks", board.requests(), board.latency(), board.bytes(), board.connections())
        .row(
            "Live page and remote write",
            board.clients(),
            board.dropped(),
            board.sent(),
            board.lagging())
        .write();
  }

  private Panel up() {
    return Panel.stat(
            "Scrape",
            Unit.NONE,
            "Whether Prometheus reaches the process. Healthy: up. Down: look at its log and at the target"
                + " page of Prometheus.")
        .axis(0, 1)
        .words(Json.array(Panel.word(0, "down", Panel.RED), Panel.word(1, "up", Panel.GREEN)))
        .base(Panel.RED)
        .from(1, Panel.GREEN)
        .query("max(up" + JOB + ")", "up");
  }

  private Panel uptime() {
    return Panel.stat(
            "Up for",
            Unit.SECONDS,
            "Healthy: grows. Small again and again: the process restarts, see why it ends.")
        .atLeast(0)
        .base(Panel.BLUE)
        .query("max(process_uptime_seconds" + JOB + ")", "uptime");
  }

  private Panel runs() {
    return Panel.stat(
            "Runs going",
            Unit.COUNT,
            "Runs in the state running. Healthy: as many as were started. Fewer: see Runs compared for"
                + " their states.")
        .atLeast(0)
        .base(Panel.BLUE)
        .query("sum(sluice_run_state{state=\"running\"})", "running");
  }

  private Panel firing() {
    return Panel.stat(
            "Alerts firing",
            Unit.COUNT,
            "Healthy: 0. Otherwise: the list below names them, the runbook says what to do.")
        .atLeast(0)
        .from(1, Panel.RED)
        .query("count(ALERTS{alertstate=\"firing\"}) or vector(0)", "firing");
  }

  private Panel build() {
    return info(
            "Build", "Version, revision and Java of the process. Healthy: the one you deployed.")
        .query(q.process("build_info"), "{{version}} {{revision}}, Java {{java}}");
  }

  private Panel backend() {
    return info(
            "Backend",
            "What computes. Healthy: the device and the library you expect; reference is slow on purpose.")
        .query(q.process("backend_info"), "{{backend}} on {{device}}, {{blas}}");
  }

  private static Panel info(String title, String description) {
    Panel panel = Panel.stat(title, Unit.NONE, description).size(6, 4).base(Panel.BLUE);
    return panel.names();
  }

  private Panel alerts() {
    return Panel.alerts(
            "All alerts",
            "What is pending or firing in Prometheus. Healthy: empty. Each alert names its chapter of the"
                + " runbook.",
            "")
        .size(24, 6);
  }

  private Panel offHeap() {
    return Panel.lines(
            "Native memory",
            Unit.BYTES,
            "Matrices live outside the heap. Healthy: flat after the warm-up and under the limit. Growing:"
                + " a leak; near the limit: fewer runs or a higher SLUICE_MEMORY.")
        .size(8, 8)
        .atLeast(0)
        .query(q.process("offheap_used_bytes"), "used")
        .query(q.process("offheap_limit_bytes"), "limit")
        .dashed("limit");
  }

  private Panel heap() {
    return Panel.lines(
            "Java heap",
            Unit.BYTES,
            "Healthy: a saw far below the limit. A floor that rises: something is kept; at the limit: raise"
                + " SLUICE_HEAP.")
        .size(8, 8)
        .atLeast(0)
        .query("sum(jvm_memory_used_bytes{area=\"heap\",job=\"sluice\"})", "used")
        .query("sum(jvm_memory_committed_bytes{area=\"heap\",job=\"sluice\"})", "committed")
        .query("sum(jvm_memory_max_bytes{area=\"heap\",job=\"sluice\"} > 0)", "limit")
        .dashed("limit");
  }

  private Panel pools() {
    return Panel.stack(
            "Memory pools",
            Unit.BYTES,
            "Healthy: the old generation is flat. Metaspace growing for long: classes are loaded again and"
                + " again.")
        .size(8, 8)
        .atLeast(0)
        .query("sum by (id) (jvm_memory_used_bytes" + JOB + ")", "{{id}}");
  }

  private Panel cpu() {
    return Panel.lines(
            "Processor",
            Unit.SHARE,
            "Share of all cores. Healthy: what the pace asks for. The system far above the process:"
                + " somebody else is on the machine, and steps get slower.")
        .size(8, 8)
        .axis(0, 1)
        .query("max(process_cpu_usage" + JOB + ")", "this process")
        .query("max(system_cpu_usage" + JOB + ")", "the machine");
  }

  private Panel collections() {
    return Panel.lines(
            "Garbage collection",
            Unit.SHARE,
            "Share of the time spent in pauses, by cause. Healthy: under 1 %. Above 10 %: the heap is too"
                + " small or something allocates on the step.")
        .size(8, 8)
        .axis(0, 1)
        .query(
            "sum by (cause) (rate(jvm_gc_pause_seconds_sum" + JOB + "[$__rate_interval]))",
            "{{cause}}");
  }

  private Panel lag() {
    return Panel.lines(
            "Lag of the event loop",
            Unit.SECONDS,
            "How late the web server's timer fires. Healthy: some milliseconds. Above 0.1 s something blocks"
                + " the loop: take a thread dump.")
        .size(8, 8)
        .atLeast(0)
        .query(q.process("event_loop_lag_seconds"), "lag")
        .level(0.1, "limit");
  }

  private Panel threads() {
    return Panel.stack(
            "Threads by state",
            Unit.COUNT,
            "Healthy: flat. Blocked ones for long: a lock is held; growing without end: threads are not"
                + " given back.")
        .size(8, 8)
        .atLeast(0)
        .decimals(0)
        .query("sum by (state) (jvm_threads_states_threads" + JOB + ")", "{{state}}");
  }

  private Panel files() {
    return Panel.lines(
            "Open files",
            Unit.COUNT,
            "Healthy: flat and far below the limit. Growing: a file or a connection is not closed.")
        .size(8, 8)
        .logarithmic()
        .decimals(0)
        .query("max(process_files_open_files" + JOB + ")", "open")
        .query("max(process_files_max_files" + JOB + ")", "limit")
        .dashed("limit");
  }

  private Panel workers() {
    return Panel.lines(
            "Waiting for a worker",
            Unit.COUNT,
            "Tasks that stand in front of each pool of Vert.x. Healthy: near 0. Growing: the pool's threads"
                + " are stuck or too few.")
        .size(8, 8)
        .atLeast(0)
        .decimals(0)
        .query("sum by (pool_name) (vertx_pool_queue_pending" + JOB + ")", "{{pool_name}}");
  }

  private Panel requests() {
    return Panel.lines(
            "Requests",
            Unit.REQUESTS_A_SECOND,
            "Answers a second, by status. Healthy: 200. 5xx: see the log; 4xx: somebody asks for what there"
                + " is not.")
        .size(6, 8)
        .atLeast(0)
        .query(
            "sum by (code) (rate(vertx_http_server_requests_total" + JOB + "[$__rate_interval]))",
            "{{code}}");
  }

  private Panel latency() {
    String time = "vertx_http_server_response_time_seconds";
    return Panel.lines(
            "Time of an answer",
            Unit.SECONDS,
            "Mean and largest. Healthy: milliseconds; a scrape of many runs takes some tens. The live"
                + " stream counts from its start to its end, so a closed page shows as one long answer.")
        .size(6, 8)
        .atLeast(0)
        .query(
            "sum(rate("
                + time
                + "_sum"
                + JOB
                + "[$__rate_interval])) / sum(rate("
                + time
                + "_count"
                + JOB
                + "[$__rate_interval]))",
            "mean")
        .query("max(" + time + "_max" + JOB + ")", "largest");
  }

  private Panel bytes() {
    return Panel.lines(
            "Sent over HTTP",
            Unit.BYTES_A_SECOND,
            "Healthy: steady with the number of clients. A rise with none: somebody fetches histories.")
        .size(6, 8)
        .atLeast(0)
        .query(
            "sum(rate(vertx_http_server_bytes_written_total" + JOB + "[$__rate_interval]))",
            "written");
  }

  private Panel connections() {
    return Panel.lines(
            "Open connections",
            Unit.COUNT,
            "Healthy: a few. Growing without end: clients do not close, or a proxy keeps them.")
        .size(6, 8)
        .atLeast(0)
        .decimals(0)
        .query("sum(vertx_http_server_active_connections" + JOB + ")", "connections")
        .query("sum(vertx_http_server_active_requests" + JOB + ")", "requests");
  }

  private Panel clients() {
    return Panel.lines(
            "Clients of the live stream",
            Unit.COUNT,
            "Browsers that follow. Healthy: as many as are open.")
        .size(6, 8)
        .atLeast(0)
        .decimals(0)
        .query("sum by (transport) (" + q.process("stream_clients") + ")", "{{transport}}");
  }

  private Panel dropped() {
    return Panel.lines(
            "Dropped frames",
            Unit.A_SECOND,
            "Frames not sent to a client that reads too slowly. Healthy: 0. Minima and maxima survive in"
                + " its catch-up; training never waits.")
        .size(6, 8)
        .atLeast(0)
        .query("sum by (sink) (" + q.processRate("dropped_total") + ")", "{{sink}}");
  }

  private Panel sent() {
    return Panel.lines(
            "Remote write",
            Unit.A_SECOND,
            "Samples accepted, requests failed and samples refused, a second. Healthy: only accepted."
                + " No accepted ones: remote write is off.")
        .size(6, 8)
        .atLeast(0)
        .query("sum(" + q.processRate("remote_write_sent_total") + ")", "accepted")
        .query("sum(" + q.processRate("remote_write_failed_total") + ") or vector(0)", "failed")
        .query("sum(" + q.processRate("remote_write_refused_total") + ") or vector(0)", "refused")
        .colour("failed", Panel.ORANGE)
        .colour("refused", Panel.RED);
  }

  private Panel lagging() {
    return Panel.lines(
            "Remote write: seconds behind",
            Unit.SECONDS,
            "Age of the oldest step that the receiver lacks. Healthy: under 1 s. Growing: the receiver is"
                + " down or slow.")
        .size(6, 8)
        .atLeast(0)
        .query("max(" + q.process("remote_write_lag_seconds") + ")", "age");
  }
}
