package dev.sluice.dashboard;

/** How the training goes and where its time goes, from the loss down to the last sink. */
final class TrainingDashboard {
  private final Promql q;

  private TrainingDashboard(Promql q) {
    this.q = q;
  }

  static String write(Promql promql) {
    TrainingDashboard board = new TrainingDashboard(promql);
    return Dashboard.ofOneRun(
            promql,
            "sluice-training",
            "Training and pipeline",
            "The optimisation of a run, its speed, and who in the pipeline waits for whom.")
        .row("At a glance", new Overview(promql).tiles())
        .row("Does it learn?", board.loss(), board.contrast())
        .row(
            "Does it move well?",
            board.gradient(),
            board.update(),
            board.rate(),
            board.temperature())
        .row("How fast is it?", board.speed(), board.pairs(), board.durations(), board.everyStep())
        .row("Where does the time go?", board.phases(), board.waits(), board.probes())
        .row("What piles up or gets lost?", board.queues(), board.drops(), board.history())
        .row(
            "Does every step arrive?",
            board.sent(),
            board.refused(),
            board.lagSteps(),
            board.lagTime())
        .write();
  }

  private Panel loss() {
    return Panel.lines(
            "Loss of every step",
            Unit.NATS,
            "Mean of the steps of each point in a band from the smallest to the largest. Healthy: falls"
                + " below chance. A spike: look for a mark of a knob. On chance: nothing is learned.")
        .size(16, 9)
        .atLeast(0)
        .decimals(2)
        .band(
            "loss",
            q.low("loss", "part='total'"),
            q.mean("loss", "part='total'"),
            q.high("loss", "part='total'"))
        .query(q.run("loss_smoothed", "part='total'"), "smoothed")
        .query(q.run("loss_chance"), "chance")
        .dashed("chance");
  }

  private Panel contrast() {
    return Panel.lines(
            "Finding the positive",
            Unit.SHARE,
            "Softmax probability of the positive at every step, and share of anchors whose positive is the"
                + " most similar. Healthy: both rise. High at once and flat: the task is too easy, as without"
                + " augmentation.")
        .size(8, 9)
        .axis(0, 1)
        .band(
            "probability",
            q.low("contrast_probability"),
            q.mean("contrast_probability"),
            q.high("contrast_probability"))
        .query(q.run("positive_top1_ratio"), "top 1");
  }

  private Panel gradient() {
    return Panel.lines(
            "Gradient norm of every step",
            Unit.NONE,
            "Healthy: a steady band. Under 1e-7 the gradient has vanished: dead layer or saturated"
                + " temperature. Growing without end: lower the learning rate.")
        .size(12, 8)
        .logarithmic()
        .band("norm", q.low("gradient_norm"), q.mean("gradient_norm"), q.high("gradient_norm"));
  }

  private Panel update() {
    return Panel.lines(
            "Update ratio",
            Unit.NONE,
            "Size of a step over the size of the weights. Healthy: about 0.001 to 0.1. Above: lower the"
                + " learning rate; far below: nothing moves.")
        .size(12, 8)
        .logarithmic()
        .query(q.run("update_ratio"), "update ratio");
  }

  private Panel rate() {
    return Panel.lines(
            "Learning rate",
            Unit.NONE,
            "Healthy: follows its schedule. A jump is a knob. No change where the schedule should fall: the"
                + " horizon may be longer than you think.")
        .size(12, 6)
        .atLeast(0)
        .band(
            "learning rate",
            q.low("learning_rate"),
            q.mean("learning_rate"),
            q.high("learning_rate"));
  }

  private Panel temperature() {
    return Panel.lines(
            "Temperature",
            Unit.NONE,
            "Healthy: constant unless a knob moved it. Small ones sharpen the contrast and may overflow.")
        .size(12, 6)
        .atLeast(0)
        .query(q.run("temperature"), "temperature");
  }

  private Panel speed() {
    return Panel.lines(
            "Speed",
            Unit.STEPS_A_SECOND,
            "Healthy: steady. A fall while nobody moved the pace: see where the time goes. Pace 1 is a run"
                + " that goes slower by choice.")
        .size(6, 8)
        .atLeast(0)
        .query("sum by (run) (" + q.rate("steps_total") + ")", "steps")
        .query(q.run("paced"), "paced")
        .dashed("paced");
  }

  private Panel pairs() {
    return Panel.lines(
            "Pairs a second",
            Unit.PAIRS_A_SECOND,
            "Healthy: steps a second times the batch. A fall with it: see who waits.")
        .size(6, 8)
        .atLeast(0)
        .query("sum by (run) (" + q.rate("pairs_total") + ")", "pairs");
  }

  private Panel durations() {
    Panel panel =
        Panel.lines(
                "Duration of a step, quantiles",
                Unit.SECONDS,
                "From the histogram, so every step counts. Healthy: p99 near p50 but for the steps with a"
                    + " probe. p99 far away: garbage collection or a busy machine.")
            .size(6, 8)
            .atLeast(0);
    for (String quantile : new String[] {"0.5", "0.9", "0.99"}) {
      panel.query(
          "histogram_quantile("
              + quantile
              + ", sum by (run, le) ("
              + q.rate("step_duration_seconds_bucket")
              + "))",
          "p" + Math.round(100 * Double.parseDouble(quantile)));
    }
    return panel;
  }

  private Panel everyStep() {
    return Panel.lines(
            "Duration of every step",
            Unit.SECONDS,
            "Healthy: a flat mean. The upper edge of the band shows the single slow step that quantiles"
                + " hide.")
        .size(6, 8)
        .atLeast(0)
        .band("duration", q.low("step_seconds"), q.mean("step_seconds"), q.high("step_seconds"));
  }

  private Panel phases() {
    String phases = "(run, phase) (" + q.rate("phase_seconds_total") + ")";
    String all = "(run) (" + q.rate("phase_seconds_total") + ")";
    return Panel.stack(
            "Phases, share of the working time",
            Unit.SHARE,
            "Healthy: forward and backward lead. Probe above its budget: lengthen its period; augment"
                + " leading while the trainer waits: more producers.")
        .size(8, 9)
        .axis(0, 1)
        .query("sum by " + phases + " / on (run) group_left () sum by " + all, "{{phase}}");
  }

  private Panel waits() {
    return Panel.lines(
            "Who waits",
            Unit.SHARE,
            "Seconds waited a second, one producer counted as one. Healthy: producers wait, the trainer does"
                + " not. Trainer near 100 %: pairs are late; history: the disk is slow. Several producers may"
                + " exceed the fixed axis.")
        .size(8, 9)
        .axis(0, 1)
        .query("sum by (stage) (" + q.rate("wait_seconds_total") + ")", "{{stage}}");
  }

  private Panel probes() {
    String probe = "sum by (run) (" + q.rate("phase_seconds_total", "phase=~'probe|publish'") + ")";
    String all = "sum by (run) (" + q.rate("phase_seconds_total") + ")";
    return Panel.lines(
            "What watching costs",
            Unit.SHARE,
            "Share of the working time spent on probes and on publishing. Healthy: near the probe budget."
                + " Above it for long: raise the budget on purpose or lengthen periods.")
        .size(8, 9)
        .axis(0, 1)
        .query(probe + " / " + all, "probes and publishing");
  }

  private Panel queues() {
    return Panel.lines(
            "Queues and their capacity",
            Unit.COUNT,
            "What stands in a bounded queue. Healthy: far below its capacity. At it, the queue holds its"
                + " producer back: for history, a slow disk.")
        .size(8, 8)
        .atLeast(0)
        .decimals(0)
        .query(q.run("queue_size"), "{{queue}}")
        .query(q.run("queue_capacity"), "capacity of {{queue}}")
        .dashed("capacity of history");
  }

  private Panel drops() {
    return Panel.lines(
            "Dropped",
            Unit.A_SECOND,
            "What a sink did not get because it was too slow; the process, not the run. Healthy: 0. A slow"
                + " browser drops frames and gets a coarser catch-up; training never waits for it.")
        .size(8, 8)
        .atLeast(0)
        .query("sum by (sink) (" + q.processRate("dropped_total") + ")", "{{sink}}");
  }

  private Panel history() {
    return Panel.lines(
            "History on disk",
            Unit.A_SECOND,
            "Rows committed and writes that failed, a second. Healthy: rows as fast as steps, no errors. An"
                + " error: disk full or read-only.")
        .size(8, 8)
        .atLeast(0)
        .query("sum by (run) (" + q.rate("history_rows_total") + ")", "rows")
        .query("sum by (run) (" + q.rate("history_errors_total") + ") or vector(0)", "errors")
        .colour("errors", Panel.RED);
  }

  private Panel sent() {
    return Panel.lines(
            "Remote write: sent",
            Unit.A_SECOND,
            "Samples a second that the receiver accepted, of all runs. Healthy: up to twelve a step and run. No"
                + " data: remote write is off, and curves of every step show the last scraped one.")
        .size(6, 8)
        .atLeast(0)
        .query("sum(" + q.processRate("remote_write_sent_total") + ")", "sent");
  }

  private Panel refused() {
    return Panel.lines(
            "Remote write: failed and refused",
            Unit.A_SECOND,
            "Requests that failed and are tried again, samples refused for good. Healthy: 0. Failed: the"
                + " receiver is down; refused: it lacks an out-of-order window.")
        .size(6, 8)
        .atLeast(0)
        .query(
            "sum by (code) (" + q.processRate("remote_write_failed_total") + ") or vector(0)",
            "failed {{code}}")
        .query("sum(" + q.processRate("remote_write_refused_total") + ") or vector(0)", "refused");
  }

  private Panel lagSteps() {
    return Panel.lines(
            "Remote write: steps behind",
            Unit.COUNT,
            "Committed steps of all runs that the receiver lacks. Healthy: near 0. Growing: the receiver is"
                + " down or slow; nothing is lost while the disk lasts.")
        .size(6, 8)
        .atLeast(0)
        .decimals(0)
        .query("max(" + q.process("remote_write_lag_steps") + ")", "steps");
  }

  private Panel lagTime() {
    return Panel.lines(
            "Remote write: seconds behind",
            Unit.SECONDS,
            "Age of the oldest step that the receiver lacks. Healthy: under 1 s. Above a minute an alert"
                + " fires.")
        .size(6, 8)
        .atLeast(0)
        .query("max(" + q.process("remote_write_lag_seconds") + ")", "age");
  }
}
