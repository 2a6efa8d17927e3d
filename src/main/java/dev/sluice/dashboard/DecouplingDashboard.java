package dev.sluice.dashboard;

/**
 * The story: masks take the dense noise out of what two views share, so the neurons turn to the
 * sparse features, and each finds one.
 */
final class DecouplingDashboard {
  private final Promql q;

  private DecouplingDashboard(Promql q) {
    this.q = q;
  }

  static String write(Promql promql) {
    DecouplingDashboard board = new DecouplingDashboard(promql);
    return Dashboard.ofOneRun(
            promql,
            "sluice-decoupling",
            "Feature decoupling",
            "Whether the views of a run share its sparse features and not its dense noise, and whether"
                + " the neurons find the features.")
        .row("At a glance", new Overview(promql).tiles())
        .row("The cause: what do two views share?", board.correlation(), board.knobs())
        .row(
            "The way: thresholds rise, neurons fall silent",
            board.thresholds(),
            board.sparsity(),
            board.energy())
        .row(
            "The effect: each neuron finds a feature",
            board.alignments(),
            board.coverage(),
            board.alignment(),
            board.selectivity(),
            board.cosine(),
            board.probes())
        .row(
            "Without ground truth: what stands in",
            board.about(),
            board.splitCorrelation(),
            board.standIns(),
            board.kurtosis(),
            board.filters(),
            board.clusters())
        .folded("Behind it", board.exactCorrelation(), board.covariance(), board.inputs())
        .write();
  }

  private Panel correlation() {
    return Panel.lines(
            "Sparse against dense correlation of the views",
            Unit.NONE,
            "Healthy: dense near 0, sparse far above it, at every step. Dense at 1 is a run without"
                + " augmentation; above 0.25 the noise leaks: lower the overlap of the masks. The axis is"
                + " fixed to 0..1; what dips a little below 0 lies on its lower edge. Bands are the"
                + " smallest and largest step of each point.")
        .size(16, 10)
        .axis(0, 1)
        .decimals(2)
        .band(
            "sparse",
            q.low("pair_correlation_estimate", "signal='sparse'"),
            q.mean("pair_correlation_estimate", "signal='sparse'"),
            q.high("pair_correlation_estimate", "signal='sparse'"))
        .band(
            "dense",
            q.low("pair_correlation_estimate", "signal='dense'"),
            q.mean("pair_correlation_estimate", "signal='dense'"),
            q.high("pair_correlation_estimate", "signal='dense'"))
        .colour("sparse", Panel.GREEN)
        .colour("dense", Panel.RED)
        .level(0, "theory: dense when decoupled")
        .level(1, "theory: dense without augmentation")
        .level(0.25, "detector: leak");
  }

  private Panel knobs() {
    return Panel.lines(
            "Where the masks stand",
            Unit.NONE,
            "Overlap 0 is complementary masks, 1 identical ones. Healthy: overlap 0, keep 0.5. Moved by"
                + " the knobs of the live page; each move is marked on every chart.")
        .size(8, 10)
        .axis(0, 1)
        .decimals(2)
        .query(q.run("augmentation_strength"), "{{kind}}");
  }

  private Panel thresholds() {
    return Panel.lines(
            "Thresholds and stage of the schedule",
            Unit.NONE,
            "Threshold over weight norm: 0 in stage I, then rising to its cap. Healthy: settles with"
                + " the schedule. Rising without end silences the layer: lower the threshold cap.")
        .size(8, 8)
        .atLeast(0)
        .decimals(2)
        .query(q.run("threshold_ratio", "stat='mean'"), "threshold / norm")
        .query(q.run("schedule_stage"), "stage")
        .dashed("stage");
  }

  private Panel sparsity() {
    return Panel.lines(
            "Neuron sparsity",
            Unit.SHARE,
            "Share of zero responses. Healthy: about 88 % once thresholds stand, which is success, not"
                + " death. At 100 % the layer is dead: see Collapse and representation health.")
        .size(8, 8)
        .axis(0, 1)
        .band(
            "zero responses",
            q.low("activation_sparsity_ratio"),
            q.mean("activation_sparsity_ratio"),
            q.high("activation_sparsity_ratio"));
  }

  private Panel energy() {
    return Panel.lines(
            "Energy of the weights in the span of the features",
            Unit.SHARE,
            "Share of the squared weights that lies where the features are. Healthy: rises from chance"
                + " (features over inputs) towards 100 %. Falling: the dense noise is being learned.")
        .size(8, 8)
        .axis(0, 1)
        .query(q.run("weight_sparse_energy_ratio"), "sparse energy")
        .query(q.run("representation_dense_energy_ratio"), "dense part of the response");
  }

  private Panel alignments() {
    return Panel.heatmap(
            "How well neurons align with a feature",
            "Each column is the distribution over neurons of the best absolute cosine with a feature."
                + " Healthy: the mass climbs from the lower bins to the upper ones. Two camps that stay"
                + " apart: some neurons find nothing.")
        .size(12, 9)
        .query(q.run("feature_alignment_bin"), "{{bin}}");
  }

  private Panel coverage() {
    return Panel.lines(
            "Coverage and winners",
            Unit.SHARE,
            "Share of the features that some neuron has found, and share of the neurons that have"
                + " found one. Healthy: both rise and stay. Coverage standing under 50 % after half the"
                + " horizon: check learning rate, threshold cap and overlap.")
        .size(12, 9)
        .axis(0, 1)
        .query(q.run("feature_coverage_ratio"), "features covered")
        .query(q.run("winner_ratio"), "neurons that won");
  }

  private Panel alignment() {
    return Panel.lines(
            "Best and second-best cosine",
            Unit.NONE,
            "Healthy: mean rises, second falls, the gap opens: one feature a neuron. Both high: neurons"
                + " mix two features. Axis fixed to 0..1.")
        .size(6, 8)
        .axis(0, 1)
        .decimals(2)
        .query(q.run("feature_alignment"), "{{stat}}");
  }

  private Panel selectivity() {
    return Panel.lines(
            "Selectivity",
            Unit.NONE,
            "How much more often a neuron fires when its own feature is present. Healthy: towards 1;"
                + " the detector wants 0.4 after half the horizon. Can be negative: axis fixed to -1..1.")
        .size(6, 8)
        .axis(-1, 1)
        .decimals(2)
        .query(q.run("neuron_selectivity"), "selectivity")
        .level(0.4, "detector: limit");
  }

  private Panel cosine() {
    return Panel.lines(
            "What the response looks like",
            Unit.NONE,
            "Cosine of the response to a sample with the response to its sparse and to its dense part."
                + " Healthy: sparse above dense. Dense above: the noise is what is represented. Can be"
                + " negative: axis fixed to -1..1.")
        .size(6, 8)
        .axis(-1, 1)
        .decimals(2)
        .query(q.run("representation_cosine"), "{{signal}}")
        .colour("sparse", Panel.GREEN)
        .colour("dense", Panel.RED);
  }

  private Panel probes() {
    return Panel.lines(
            "Linear probe",
            Unit.SHARE,
            "Share of targets whose sign a linear probe of the representation finds. Healthy: above the"
                + " chance of 50 % and rising; it may dip where stage II begins.")
        .size(6, 8)
        .axis(0, 1)
        .query(q.run("probe_accuracy_ratio"), "{{probe}}")
        .level(0.5, "chance");
  }

  private Panel about() {
    return Panel.text(
            "How to read a run without ground truth",
            "What the panels of this row are for. Healthy: nothing to do.",
            """
            Photos have no known dictionary, so the rows above stay empty for them. What stands in is measured
            from weights and responses alone. On runs with a known dictionary both are shown, which says how
            far to trust a stand-in.

            Filters of a healthy run become **oriented, narrow and local**; without masks they stay noise
            although the loss looks far better.
            """)
        .size(6, 8);
  }

  private Panel splitCorrelation() {
    return Panel.lines(
            "Split correlation (stand-in)",
            Unit.NONE,
            "Loud responses stand in for the sparse part, what stays under the threshold for the dense"
                + " one. Healthy: sparse above dense. Can be negative: axis fixed to -1..1.")
        .size(6, 8)
        .axis(-1, 1)
        .decimals(2)
        .query(q.run("pair_correlation_split_estimate"), "{{signal}}")
        .query(q.run("embedding_pair_correlation"), "embeddings, whole")
        .colour("sparse", Panel.GREEN)
        .colour("dense", Panel.RED);
  }

  private Panel standIns() {
    return Panel.lines(
            "Coverage and energy (stand-ins)",
            Unit.SHARE,
            "Different neurons with a significant kurtosis, weights in the leading eigenspace, and how"
                + " seldom and strongly neurons fire. Healthy: all rise. Flat while the loss falls:"
                + " compare with a run that has masks.")
        .size(6, 8)
        .axis(0, 1)
        .query(q.run("feature_coverage_estimate"), "coverage estimate")
        .query(q.run("weight_sparse_energy_estimate"), "energy estimate")
        .query(q.run("neuron_sparseness"), "sparseness of neurons");
  }

  private Panel kurtosis() {
    return Panel.lines(
            "Kurtosis of pre-activations",
            Unit.NONE,
            "0 is Gaussian, higher is a sparser code. Healthy: rises. Staying at 0: neurons see noise.")
        .size(6, 8)
        .decimals(2)
        .query(q.run("preactivation_kurtosis"), "excess kurtosis")
        .level(0, "Gaussian");
  }

  private Panel filters() {
    return Panel.lines(
            "Shape of the filters (images only)",
            Unit.NONE,
            "Medians over neurons. Healthy: orientation rises from 0.1, spread falls from 0.5, window"
                + " energy rises from 0.27. All three standing still: filters stay noise. Axis fixed to"
                + " 0..1.")
        .size(12, 8)
        .axis(0, 1)
        .decimals(2)
        .query(q.run("filter_orientation_selectivity"), "orientation")
        .query(q.run("filter_spectral_spread"), "spectral spread")
        .query(q.run("filter_window_energy_ratio"), "window energy");
  }

  private Panel clusters() {
    return Panel.lines(
            "Different filters",
            Unit.COUNT,
            "Neurons whose weights differ from each other. Healthy: near the number of neurons. A fall:"
                + " neurons copy each other.")
        .size(12, 8)
        .atLeast(0)
        .query(q.run("filter_clusters"), "clusters")
        .query(q.run("embedding_dimensions"), "neurons")
        .dashed("neurons");
  }

  private Panel exactCorrelation() {
    return Panel.lines(
            "Correlation on the evaluation batch",
            Unit.NONE,
            "The exact measure behind the estimate of every step. Healthy: both agree. Can be negative:"
                + " axis fixed to -1..1.")
        .size(8, 8)
        .axis(-1, 1)
        .decimals(2)
        .query(q.run("pair_correlation"), "{{signal}}")
        .colour("sparse", Panel.GREEN)
        .colour("dense", Panel.RED);
  }

  private Panel covariance() {
    return Panel.lines(
            "Covariance between the views",
            Unit.NONE,
            "Sparse, dense and cross parts; they sum to the positive similarity. Healthy: the sparse part"
                + " carries it. A growing dense part: lower the overlap.")
        .size(8, 8)
        .decimals(3)
        .query(q.run("representation_covariance"), "{{signal}}")
        .colour("sparse", Panel.GREEN)
        .colour("dense", Panel.RED);
  }

  private Panel inputs() {
    return Panel.lines(
            "Correlation of the inputs",
            Unit.NONE,
            "What masks do to the views before any learning. Healthy: sparse stays, dense is gone. Dense"
                + " above 0: the masks share coordinates. Can be negative: axis fixed to -1..1.")
        .size(8, 8)
        .axis(-1, 1)
        .decimals(2)
        .query(q.run("input_pair_correlation"), "{{signal}}")
        .colour("sparse", Panel.GREEN)
        .colour("dense", Panel.RED);
  }
}
