package dev.sluice.dashboard;

import static dev.sluice.dashboard.Json.array;

import com.fasterxml.jackson.databind.node.ArrayNode;

/** The tiles at the head of each dashboard about one run: is it well, at a glance. */
final class Overview {
  private final Promql q;

  Overview(Promql q) {
    this.q = q;
  }

  Panel[] tiles() {
    return new Panel[] {
      state(), spread(), rank(), sparse(), dense(), loss(), speed(), step(),
    };
  }

  private Panel state() {
    return states(
            Panel.stat(
                "Collapse",
                Unit.NONE,
                "Healthy: quiet. A warning is a cause without damage yet, a collapse is damage; the"
                    + " dashboard Collapse and representation health says of which kind."))
        .base(Panel.GREEN)
        .query(
            "max("
                + q.run("collapse_any")
                + ") + max(max by (run) ("
                + q.run("collapse_warning")
                + "))",
            "collapse");
  }

  /** Colours the sum of a warning and a collapse. */
  static Panel states(Panel panel) {
    return panel.words(words()).axis(0, 2).from(1, Panel.ORANGE).from(2, Panel.RED);
  }

  private static ArrayNode words() {
    return array(
        Panel.word(0, "quiet", Panel.GREEN),
        Panel.word(1, "warning", Panel.ORANGE),
        Panel.word(2, "collapse", Panel.RED));
  }

  private Panel spread() {
    return Panel.stat(
            "Std ratio, of its peak",
            Unit.SHARE,
            "Spread of the embeddings against the run's own maximum. Healthy: near 100 %. Red under"
                + " a quarter, where the complete-collapse detector begins: look at what knob moved"
                + " last.")
        .axis(0, 1)
        .decimals(0)
        .base(Panel.RED)
        .from(0.25, Panel.ORANGE)
        .from(0.5, Panel.GREEN)
        .query(
            "max by (run) ("
                + q.run("embedding_std_ratio")
                + ") / max by (run) ("
                + q.run("embedding_std_ratio_peak")
                + ")",
            "of its peak");
  }

  private Panel rank() {
    return Panel.stat(
            "Effective rank, of its peak",
            Unit.SHARE,
            "Directions that the embeddings use (RankMe) against the run's own maximum. Healthy: near"
                + " 100 %. Red under a half, where dimensional collapse begins: weaken the"
                + " augmentation or check the learning rate.")
        .axis(0, 1)
        .decimals(0)
        .base(Panel.RED)
        .from(0.5, Panel.ORANGE)
        .from(0.6, Panel.GREEN)
        .query(
            "max by (run) ("
                + q.run("embedding_effective_rank", "kind='rankme'")
                + ") / max by (run) ("
                + q.run("embedding_effective_rank_peak", "kind='rankme'")
                + ")",
            "of its peak");
  }

  private Panel sparse() {
    return Panel.stat(
            "Sparse correlation",
            Unit.NONE,
            "Correlation of the sparse parts between the views, -1 to 1. Healthy: well above the"
                + " dense one. Low after the warm-up: the features do not survive the masks. No data"
                + " where the dictionary is not known.")
        .axis(-1, 1)
        .decimals(2)
        .base(Panel.RED)
        .from(0.1, Panel.ORANGE)
        .from(0.25, Panel.GREEN)
        .query(q.mean("pair_correlation_estimate", "signal='sparse'"), "sparse");
  }

  private Panel dense() {
    return Panel.stat(
            "Dense correlation",
            Unit.NONE,
            "Correlation of the dense parts between the views, -1 to 1. Healthy: near 0. Red above"
                + " 0.25, where the detector warns of a leak: lower the overlap of the masks. No data"
                + " where the dictionary is not known.")
        .axis(-1, 1)
        .decimals(2)
        .base(Panel.GREEN)
        .from(0.2, Panel.ORANGE)
        .from(0.25, Panel.RED)
        .query(q.mean("pair_correlation_estimate", "signal='dense'"), "dense");
  }

  private Panel loss() {
    return Panel.stat(
            "Loss, of chance",
            Unit.SHARE,
            "Smoothed loss against the loss of a representation that carries nothing. Healthy: falls"
                + " below 100 %. Red from 99.5 %, where no learning is reported. A low loss alone"
                + " proves nothing.")
        .axis(0, 1)
        .decimals(1)
        .base(Panel.GREEN)
        .from(0.99, Panel.ORANGE)
        .from(0.995, Panel.RED)
        .query(
            "max by (run) ("
                + q.run("loss_smoothed", "part='total'")
                + ") / max by (run) ("
                + q.run("loss_chance")
                // some losses lie below 0, and no share can be said of them
                + " > 0)",
            "of chance");
  }

  private Panel speed() {
    return Panel.stat(
            "Steps a second",
            Unit.STEPS_A_SECOND,
            "Healthy: steady, at the pace that was chosen. 0 while the run is not paused: see Training"
                + " and pipeline for who waits for whom.")
        .atLeast(0)
        .decimals(1)
        .base(Panel.RED)
        .from(0.01, Panel.GREEN)
        .query("sum by (run) (" + q.rate("steps_total") + ")", "steps/s");
  }

  private Panel step() {
    return Panel.stat(
            "Step",
            Unit.COUNT,
            "The last step that was reported. Healthy: grows. If it stands still, the run is paused,"
                + " finished or stuck.")
        .atLeast(0)
        .base(Panel.BLUE)
        .query("max by (run) (" + q.run("step") + ")", "step");
  }
}
