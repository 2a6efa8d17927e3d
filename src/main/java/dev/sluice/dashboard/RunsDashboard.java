package dev.sluice.dashboard;

import static dev.sluice.dashboard.Json.object;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Several runs beside each other, over time and over the step, for runs began at different times.
 */
final class RunsDashboard {
  private final Promql q;

  private RunsDashboard(Promql q) {
    this.q = q;
  }

  static String write(Promql promql) {
    RunsDashboard board = new RunsDashboard(promql);
    return Dashboard.ofSeveralRuns(
            promql,
            "sluice-runs",
            "Runs compared",
            "The same measures of several runs, for example of two arms that differ in one knob.")
        .row("Which runs", board.runs())
        .row("Do they learn?", board.loss(), board.lossByStep())
        .row(
            "What do their views share?",
            board.dense(),
            board.denseByStep(),
            board.sparse(),
            board.sparseByStep())
        .row("Do they find the features?", board.coverage(), board.coverageByStep())
        .row(
            "Do they stay alive?",
            board.spread(),
            board.spreadByStep(),
            board.rank(),
            board.rankByStep())
        .write();
  }

  private Panel runs() {
    ObjectNode names =
        object(
            "recipe", "recipe",
            "source", "source",
            "ground_truth", "ground truth",
            "state", "state",
            "Value #C", "step",
            "Value #D", "loss",
            "Value #E", "dense correlation",
            "Value #F", "std ratio",
            "Value #G", "effective rank",
            "Value #H", "coverage",
            "Value #I", "collapse");
    return Panel.table(
            "Runs and their last values",
            "One row a run that is or was just exposed. Healthy: no collapse. Values that a run cannot"
                + " measure are empty. Choose a run in another dashboard to look closer.")
        .query(lastBy("run, recipe, source, ground_truth", "run_info"), "run")
        .query("max by (run, state) (" + q.run("run_state") + " == 1)", "state")
        .query(lastBy("run", "step"), "step")
        .query(lastBy("run", "loss_smoothed", "part='total'"), "loss")
        .query(lastBy("run", "pair_correlation_estimate", "signal='dense'"), "dense correlation")
        .query(lastBy("run", "embedding_std_ratio"), "std ratio")
        .query(lastBy("run", "embedding_effective_rank", "kind='rankme'"), "effective rank")
        .query(lastBy("run", "feature_coverage_ratio"), "coverage")
        .query(lastBy("run", "collapse_any"), "collapse")
        .transform("merge", object())
        .transform(
            "organize",
            object(
                "excludeByName",
                object("Time", true, "Value #A", true, "Value #B", true),
                "renameByName",
                names))
        .column("dense correlation", Unit.NONE)
        .column("effective rank", Unit.DIMENSIONS)
        .column("loss", Unit.NATS)
        .column("std ratio", Unit.SHARE)
        .column("coverage", Unit.SHARE)
        .column(
            "collapse",
            Json.array(Panel.word(0, "quiet", Panel.GREEN), Panel.word(1, "collapse", Panel.RED)));
  }

  private Panel loss() {
    return byTime(
        Panel.lines(
                "Loss",
                Unit.NATS,
                "Mean of the steps of each point. Healthy: falls. An arm without masks has the lower loss"
                    + " and the worse features: compare coverage.")
            .atLeast(0),
        q.mean("loss", "part='total'"));
  }

  private Panel lossByStep() {
    return byStep(
            "Loss by step",
            Unit.NATS,
            "The same over the step, so that runs begun at different times lie on each other. Healthy:"
                + " falls.",
            q.mean("loss", "part='total'"))
        .atLeast(0);
  }

  private Panel dense() {
    return byTime(
        correlation(
            Panel.lines(
                "Dense correlation",
                Unit.NONE,
                "Healthy: near 0, which masks make; 1 without masks. Above 0.25 the noise leaks. Can be"
                    + " negative: axis fixed to -1..1.")),
        q.mean("pair_correlation_estimate", "signal='dense'"));
  }

  private Panel denseByStep() {
    return correlation(
        byStep(
            "Dense correlation by step",
            Unit.NONE,
            "Healthy: near 0 from the first step on, because it reads the masks, not the learning. Axis"
                + " fixed to -1..1.",
            q.mean("pair_correlation_estimate", "signal='dense'")));
  }

  private Panel sparse() {
    return byTime(
        correlation(
            Panel.lines(
                "Sparse correlation",
                Unit.NONE,
                "Healthy: well above the dense one of the same run. Low: the features do not survive the"
                    + " masks. Can be negative: axis fixed to -1..1.")),
        q.mean("pair_correlation_estimate", "signal='sparse'"));
  }

  private Panel sparseByStep() {
    return correlation(
        byStep(
            "Sparse correlation by step",
            Unit.NONE,
            "Healthy: rises as features are found. Falling: see the thresholds. Axis fixed to -1..1.",
            q.mean("pair_correlation_estimate", "signal='sparse'")));
  }

  private Panel coverage() {
    return byTime(
        Panel.lines(
                "Coverage",
                Unit.SHARE,
                "Share of the features that a neuron has found. Healthy: rises and stays. Only where the"
                    + " dictionary is known.")
            .axis(0, 1),
        last("feature_coverage_ratio"));
  }

  private Panel coverageByStep() {
    return byStep(
            "Coverage by step",
            Unit.SHARE,
            "Healthy: the arm with masks leaves the other behind. Standing still under 50 %: check learning"
                + " rate and threshold cap.",
            last("feature_coverage_ratio"))
        .axis(0, 1);
  }

  private Panel spread() {
    return byTime(
        Panel.lines(
                "Std ratio",
                Unit.SHARE,
                "Healthy: near its own peak; levels differ between systems. A fall to a quarter of the peak"
                    + " is complete collapse.")
            .axis(0, 1),
        q.mean("embedding_std_ratio"));
  }

  private Panel spreadByStep() {
    return byStep(
            "Std ratio by step",
            Unit.SHARE,
            "Healthy: runs of one system lie on each other. One that leaves the others: see what its knobs"
                + " were.",
            q.mean("embedding_std_ratio"))
        .axis(0, 1);
  }

  private Panel rank() {
    return byTime(
        Panel.lines(
                "Effective rank",
                Unit.DIMENSIONS,
                "RankMe. Healthy: near its own peak. A fall to half of it is dimensional collapse.")
            .atLeast(0),
        last("embedding_effective_rank", "kind='rankme'"));
  }

  private Panel rankByStep() {
    return byStep(
            "Effective rank by step",
            Unit.DIMENSIONS,
            "Healthy: runs of one system lie on each other. Falling at the same step in all: the schedule.",
            last("embedding_effective_rank", "kind='rankme'"))
        .atLeast(0);
  }

  private static Panel correlation(Panel panel) {
    return panel.axis(-1, 1).decimals(2);
  }

  private static Panel byTime(Panel panel, String query) {
    return panel.query(query, "{{run}}");
  }

  private Panel byStep(String title, String unit, String description, String value) {
    return Panel.byStep(title, unit, description, last("step"), value);
  }

  private String last(String name, String... labels) {
    return lastBy("run", name, labels);
  }

  private String lastBy(String by, String name, String... labels) {
    return "max by (" + by + ") (" + q.run(name, labels) + ")";
  }
}
