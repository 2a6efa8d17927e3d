package dev.sluice.dashboard;

/** Whether the representation still carries anything, and if not, in which way it was lost. */
final class CollapseDashboard {
  private static final String COMPARE = "/d/sluice-runs?var-run=All&${__url_time_range}";

  private final Promql q;

  private CollapseDashboard(Promql q) {
    this.q = q;
  }

  static String write(Promql promql) {
    CollapseDashboard board = new CollapseDashboard(promql);
    return Dashboard.ofOneRun(
            promql,
            "sluice-collapse",
            "Collapse and representation health",
            "What the six detectors say of a run, and the measures they look at.")
        .row("At a glance", new Overview(promql).tiles())
        .row(
            "What the detectors say",
            board.states(),
            board.alerts(),
            board.scores(),
            board.episodes())
        .row(
            "Complete: do all embeddings become one point?",
            board.spread(),
            board.norm(),
            board.zero())
        .row(
            "Dimensional: into how few directions do they fall?",
            board.rank(),
            board.top(),
            board.geometry())
        .row("Positives and negatives", board.cosine(), board.loss())
        .row("Neurons: who still fires?", board.neurons(), board.rates(), board.quantiles())
        .row("Divergence: is everything a number?", board.nonFinite(), board.weights())
        .write();
  }

  private Panel states() {
    String active = "max by (kind) (" + q.run("collapse_active") + ")";
    String warning = "max by (kind) (" + q.run("collapse_warning") + ")";
    return Overview.states(
            Panel.states(
                "Detectors over time",
                "One bar a kind. Healthy: all quiet. Warning: the cause is there; collapse: the damage"
                    + " is. The first kind to turn names the trouble, later ones often follow from it."
                    + " A kind whose inputs the run lacks has no bar."))
        .size(16, 8)
        .query(active + " + " + warning, "{{kind}}")
        .link("Compare runs", COMPARE);
  }

  private Panel alerts() {
    return Panel.alerts(
            "Alerts of this run",
            "What is pending or firing in Prometheus for the chosen run. Healthy: empty. Each alert"
                + " names its chapter of the runbook.",
            "{run=~\"$run\"}")
        .size(8, 8);
  }

  private Panel scores() {
    return Panel.lines(
            "How near each kind stands to its limit",
            Unit.NONE,
            "1 is the limit of a detector. Healthy: below 1. Axis fixed to 0..2: what is far beyond the"
                + " limit lies on the upper edge. Written from the end of the warm-up on.")
        .size(16, 8)
        .axis(0, 2)
        .decimals(2)
        .query("max by (kind) (" + q.run("collapse_score_ratio") + ")", "{{kind}}")
        .level(1, "limit")
        .link("Compare runs", COMPARE);
  }

  private Panel episodes() {
    return Panel.lines(
            "Collapses begun, and the warm-up",
            Unit.COUNT,
            "How often each kind has begun since the start of the run; the warm-up mutes rules about"
                + " maxima while it is 1. Healthy: 0, and a warm-up that ends.")
        .size(8, 8)
        .atLeast(0)
        .decimals(0)
        .query("max by (kind) (" + q.run("collapse_events_total") + ")", "{{kind}}")
        .query(q.run("warmup_active"), "warm-up")
        .dashed("warm-up");
  }

  private Panel spread() {
    return Panel.lines(
            "Std ratio",
            Unit.SHARE,
            "Spread of the unit embeddings. Healthy: near its own peak; absolute levels do not transfer"
                + " between systems. Under a quarter of the peak is complete collapse: pause, undo the"
                + " last knob, lower the learning rate.")
        .size(8, 8)
        .axis(0, 1)
        .band(
            "std ratio",
            q.low("embedding_std_ratio"),
            q.mean("embedding_std_ratio"),
            q.high("embedding_std_ratio"))
        .query(q.run("embedding_std_ratio_peak"), "peak")
        .query("0.25 * " + q.run("embedding_std_ratio_peak"), "limit")
        .dashed("peak")
        .dashed("limit")
        .link("Compare runs", COMPARE);
  }

  private Panel norm() {
    return Panel.lines(
            "Norm of the embeddings",
            Unit.NONE,
            "Healthy: steady. Under a tenth of its peak the embeddings vanish while std ratio and rank may"
                + " still look well: check weight decay and thresholds.")
        .size(8, 8)
        .atLeast(0)
        .decimals(3)
        .band(
            "mean norm",
            q.low("embedding_norm", "stat='mean'"),
            q.mean("embedding_norm", "stat='mean'"),
            q.high("embedding_norm", "stat='mean'"))
        .query(q.run("embedding_norm_peak", "stat='mean'"), "peak")
        .query("0.1 * " + q.run("embedding_norm_peak", "stat='mean'"), "limit")
        .dashed("peak")
        .dashed("limit")
        .link("Compare runs", COMPARE);
  }

  private Panel zero() {
    return Panel.lines(
            "Samples that no neuron answers",
            Unit.SHARE,
            "Healthy: near 0. Above 90 % everything is silent: thresholds have overrun the responses,"
                + " lower the threshold cap.")
        .size(8, 8)
        .axis(0, 1)
        .query(q.run("zero_output_ratio"), "zero outputs")
        .level(0.9, "limit");
  }

  private Panel rank() {
    return Panel.lines(
            "Effective rank",
            Unit.DIMENSIONS,
            "Directions the embeddings use, out of their width. Healthy: near the peak. Under half of it is"
                + " dimensional collapse. Biased low where samples are fewer than four times the width.")
        .size(8, 8)
        .atLeast(0)
        .decimals(1)
        .query(q.run("embedding_effective_rank"), "{{kind}}")
        .query(q.run("embedding_effective_rank_peak"), "peak of {{kind}}")
        .query(q.run("embedding_dimensions"), "width")
        .query(q.run("embedding_rank_samples"), "samples")
        .dashed("peak of rankme")
        .dashed("peak of covariance")
        .dashed("width")
        .dashed("samples")
        .link("Compare runs", COMPARE);
  }

  private Panel top() {
    return Panel.lines(
            "Share of the rank and of the largest direction",
            Unit.SHARE,
            "Effective rank out of what samples and width allow, and the share of the largest eigenvalue."
                + " Healthy: the first high, the second low. The second near 100 % is one direction only.")
        .size(8, 8)
        .axis(0, 1)
        .query(q.run("embedding_effective_rank_ratio"), "rank, {{kind}}")
        .query(q.run("embedding_top_eigenvalue_ratio"), "largest direction")
        .link("Compare runs", COMPARE);
  }

  private Panel geometry() {
    return Panel.lines(
            "Uniformity and alignment",
            Unit.NONE,
            "Uniformity: -8 to 0, about -3.8 when spread over 40 dimensions, 0 is collapse. Alignment: 0 to"
                + " 4, lower is better, but 0 also when collapsed. Healthy: uniformity far below 0 while"
                + " alignment falls.")
        .size(8, 8)
        .axis(-8, 4)
        .decimals(2)
        .query(q.run("embedding_uniformity"), "uniformity")
        .query(q.run("embedding_alignment"), "alignment");
  }

  private Panel cosine() {
    return Panel.lines(
            "Cosine of positives and of negatives",
            Unit.NONE,
            "Healthy: positives high, negatives near 0. Both near 1: everything is one point. Can be"
                + " negative: axis fixed to -1..1.")
        .axis(-1, 1)
        .decimals(2)
        .query(q.run("embedding_cosine"), "{{pair}}")
        .colour("positive", Panel.GREEN)
        .colour("negative", Panel.RED)
        .link("Compare runs", COMPARE);
  }

  private Panel loss() {
    return Panel.lines(
            "Loss against chance",
            Unit.NATS,
            "Healthy: falls away from the chance line. On the line the embedding carries nothing; a falling"
                + " loss alone proves nothing either.")
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

  private Panel neurons() {
    return Panel.stack(
            "Neurons by state",
            Unit.COUNT,
            "Healthy: alive, which includes firing seldom. More than half dead is neuron collapse:"
                + " thresholds grew too fast. All are always on while thresholds are 0.")
        .size(8, 9)
        .atLeast(0)
        .decimals(0)
        .query(q.run("neurons", "state='dead'"), "dead")
        .query(
            "max by (run) ("
                + q.run("neurons", "state='alive'")
                + ") - max by (run) ("
                + q.run("neurons", "state='always_on'")
                + ")",
            "alive")
        .query(q.run("neurons", "state='always_on'"), "always on")
        .colour("dead", Panel.RED)
        .colour("alive", Panel.GREEN)
        .colour("always on", Panel.BLUE);
  }

  private Panel rates() {
    return Panel.heatmap(
            "How often neurons fire",
            "Each column is the distribution over neurons of the share of samples they answer. Healthy:"
                + " mass in the lower bins, which is sparse firing. All in the first with dead neurons"
                + " growing: thresholds too high; all in the last: no threshold yet.")
        .size(8, 9)
        .query(q.run("neuron_activation_bin"), "{{bin}}");
  }

  private Panel quantiles() {
    return Panel.lines(
            "Firing rates, percentiles",
            Unit.SHARE,
            "Healthy: p05 above 0, p95 well under 100 %. p50 at 0: more than half of the neurons are dead.")
        .size(8, 9)
        .axis(0, 1)
        .query(q.run("neuron_activation_ratio"), "{{stat}}");
  }

  private Panel nonFinite() {
    return Panel.lines(
            "Values that are not finite",
            Unit.COUNT,
            "NaN or infinite values since the start of the run, and probes that threw. Healthy: 0. Anything"
                + " else: stop, lower the learning rate, raise the temperature.")
        .atLeast(0)
        .decimals(0)
        .query(q.run("nonfinite_values_total"), "{{tensor}}")
        .query(q.run("probes_disabled"), "probes disabled");
  }

  private Panel weights() {
    return Panel.lines(
            "Norm of the weights",
            Unit.NONE,
            "Mean over neurons at every step, and the largest. Healthy: both level off. Mean towards 0 is"
                + " collapse by decay, largest without end is divergence.")
        .atLeast(0)
        .decimals(2)
        .band("mean", q.low("weight_norm"), q.mean("weight_norm"), q.high("weight_norm"))
        .query(q.run("weight_norm_max"), "largest")
        .link("Compare runs", COMPARE);
  }
}
