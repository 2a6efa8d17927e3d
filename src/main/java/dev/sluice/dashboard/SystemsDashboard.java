package dev.sluice.dashboard;

/** What each system beside the masked learner is about: the measure that its paper speaks of. */
final class SystemsDashboard {
  private static final String COMPARE = "/d/sluice-runs?var-run=All&${__url_time_range}";

  private final Promql q;

  private SystemsDashboard(Promql q) {
    this.q = q;
  }

  static String write(Promql promql) {
    SystemsDashboard board = new SystemsDashboard(promql);
    return Dashboard.ofOneRun(
            promql,
            "sluice-systems",
            "Systems of other papers",
            "What the systems beside the masked learner claim, and whether a run shows it. A row is empty"
                + " for runs of another system.")
        .row("At a glance", new Overview(promql).tiles())
        .row(
            "Health of the embedding, whatever the system",
            board.dimensions(),
            board.spectrum(),
            board.redundancy())
        .row(
            "hltm: does the net know the hidden root?",
            board.ceiling(),
            board.levels(),
            board.operator())
        .row(
            "noncontrastive: what keeps it from collapse?",
            board.norm(),
            board.moments(),
            board.predictor(),
            board.threshold(),
            board.alignment())
        .row(
            "inductive-bias: what can the architecture realise?",
            board.readout(),
            board.readoutAccuracy(),
            board.discrepancy())
        .row("supcon: do classes come together?", board.classes(), board.scatter(), board.cosines())
        .row("identifiability: are the true latents found?", board.latents())
        .row("lssl: does one direction show the age?", board.direction(), board.order())
        .write();
  }

  // ---- any

  private Panel dimensions() {
    return Panel.lines(
            "Dimensions that carry the embedding",
            Unit.DIMENSIONS,
            "Participation ratio of the covariance, stable rank of the embeddings, and LiDAR, which counts"
                + " what tells samples apart. Healthy: steady, at a level of the system's own. Falls by"
                + " design to about one where a root, a direction or classes are what is learned.")
        .size(8, 8)
        .atLeast(0)
        .decimals(1)
        .query(q.run("embedding_participation_ratio"), "participation ratio")
        .query(q.run("embedding_stable_rank"), "stable rank")
        .query(q.run("embedding_lidar"), "LiDAR")
        .link("Compare runs", COMPARE);
  }

  private Panel spectrum() {
    return Panel.lines(
            "Decay of the spectrum",
            Unit.NONE,
            "Slope of the eigenvalues over their rank, both in logarithms. Healthy: about 1 or less. Far above:"
                + " few directions carry all.")
        .size(8, 8)
        .decimals(2)
        .query(q.run("embedding_spectrum_decay"), "decay")
        .level(1, "about good");
  }

  private Panel redundancy() {
    return Panel.lines(
            "Redundant and dead coordinates",
            Unit.NONE,
            "Mean correlation of two coordinates, share of coordinates that are always 0, and how unevenly a"
                + " sample uses them. Healthy: correlation low, none dead. Correlation towards 1: coordinates"
                + " copy each other.")
        .size(8, 8)
        .axis(0, 1)
        .decimals(2)
        .query(q.run("embedding_redundancy"), "correlation")
        .query(q.run("embedding_dead_ratio"), "dead")
        .query(q.run("embedding_sparseness"), "sparseness");
  }

  // ---- hltm

  private Panel ceiling() {
    return Panel.lines(
            "Correlation with the root, and its ceiling",
            Unit.NONE,
            "The best unit's correlation with the hidden root, the most that can be known of it from the"
                + " leaves, and the one over the other. Healthy: past 0.9 of the ceiling. Falling from where"
                + " it was: units have died, see the covariance operator.")
        .size(8, 8)
        .axis(0, 1)
        .decimals(2)
        .query(q.run("tree_correlation", "level='0'"), "root")
        .query(q.run("tree_ceiling_correlation"), "ceiling")
        .query(q.run("tree_ceiling_ratio"), "root over ceiling")
        .dashed("ceiling")
        .link("Compare runs", COMPARE);
  }

  private Panel levels() {
    return Panel.lines(
            "Correlation by level",
            Unit.NONE,
            "Mean over the nodes of a level, 0 is the root. Healthy: the gain is at the top; the lowest level"
                + " stands high from the start.")
        .size(8, 8)
        .axis(0, 1)
        .decimals(2)
        .query(q.run("tree_correlation"), "level {{level}}");
  }

  private Panel operator() {
    return Panel.lines(
            "Covariance operator by level",
            Unit.NONE,
            "Norm of what drives the weights of a level. Healthy: rises at the root by orders of magnitude"
                + " while the correlation climbs. 0 at the root: the net is dead, start again with more units"
                + " a node.")
        .size(8, 8)
        .atLeast(0)
        .decimals(3)
        .query(q.run("covariance_operator_norm"), "level {{level}}");
  }

  // ---- noncontrastive

  private Panel norm() {
    return Panel.lines(
            "Norm of the embeddings against the theory",
            Unit.NONE,
            "Healthy: settles. Without a predictor it falls as the linear theory says, shown beside it; a"
                + " network with a hidden layer loses its std ratio instead.")
        .size(8, 8)
        .atLeast(0)
        .decimals(3)
        .query(q.run("embedding_norm", "stat='mean'"), "mean norm")
        .query(q.run("theory_embedding_norm"), "theory")
        .dashed("theory")
        .link("Compare runs", COMPARE);
  }

  private Panel moments() {
    return Panel.lines(
            "Second moments of the embeddings",
            Unit.NONE,
            "Mean, smallest and largest eigenvalue. Healthy: all settle well above 0. Smallest towards 0 while"
                + " the largest stays: dimensional collapse. All towards 0: the norm collapses.")
        .size(8, 8)
        .atLeast(0)
        .decimals(3)
        .query(q.run("embedding_moment_eigenvalue"), "{{stat}}");
  }

  private Panel predictor() {
    return Panel.lines(
            "Predictor's eigenvalues against the theory",
            Unit.NONE,
            "Healthy: on the linear net they come to rest where the theory says. Theory at 0: weight decay is"
                + " above its threshold and only collapse is left.")
        .size(8, 8)
        .decimals(3)
        .query(q.run("predictor_eigenvalue"), "{{stat}}")
        .query(q.run("theory_predictor_eigenvalue"), "theory")
        .dashed("theory");
  }

  private Panel threshold() {
    return Panel.lines(
            "Weight decay at which it collapses",
            Unit.NONE,
            "The decay above which the linear theory knows no resting place, and the eigenvalue it predicts."
                + " Healthy: an eigenvalue above 0. At 0: turn the decay down.")
        .atLeast(0)
        .decimals(3)
        .query(q.run("theory_decay_threshold"), "threshold of the decay")
        .query(q.run("theory_predictor_eigenvalue"), "eigenvalue at rest");
  }

  private Panel alignment() {
    return Panel.lines(
            "Do predictor and moments share their eigenvectors?",
            Unit.NONE,
            "Commutator over the product of the norms, 0 when they do; and the mean cosine of an eigenvector"
                + " with its image, 1 when they do. Healthy on the linear net: the first falls, the second"
                + " rises. Axis fixed to 0..1.")
        .axis(0, 1)
        .decimals(3)
        .query(q.run("predictor_commutator"), "commutator")
        .query(q.run("predictor_alignment"), "cosine");
  }

  // ---- inductive-bias

  private Panel readout() {
    return Panel.lines(
            "What a linear read-out finds",
            Unit.NONE,
            "R2 on samples it was not fitted to. Healthy: invariant or patch near 1, spurious or position near"
                + " 0, where the architecture can make them apart; a ReLU layer cannot. The wrong ones"
                + " leading: the architecture does not fit. Can be negative: axis fixed to -1..1.")
        .size(8, 8)
        .axis(-1, 1)
        .decimals(2)
        .query(q.run("readout_r2"), "{{target}}")
        .colour("invariant", Panel.GREEN)
        .colour("patch", Panel.GREEN)
        .colour("spurious", Panel.RED)
        .colour("position", Panel.RED)
        .link("Compare runs", COMPARE);
  }

  private Panel readoutAccuracy() {
    return Panel.lines(
            "Accuracy of the read-out",
            Unit.SHARE,
            "Share of samples whose class a linear read-out names. Healthy: near 100 % where the architecture"
                + " fits, far below where it does not.")
        .size(8, 8)
        .axis(0, 1)
        .query(q.run("readout_accuracy_ratio"), "accuracy");
  }

  private Panel discrepancy() {
    return Panel.lines(
            "How far the views of a pair lie apart",
            Unit.NONE,
            "Mean squared distance after whitening (phi). Healthy: falls, near 0 where an invariant function is"
                + " within reach. No line: the embedding does not span its dimensions.")
        .size(8, 8)
        .atLeast(0)
        .decimals(4)
        .query(q.run("pair_discrepancy"), "phi");
  }

  // ---- supcon

  private Panel classes() {
    return Panel.lines(
            "Nearest class mean is right",
            Unit.SHARE,
            "Share of held-out samples nearest to the mean of their own class. Healthy: rises with the sum"
                + " outside the logarithm, less with it inside, not without labels. Falling from where it"
                + " was: lower the learning rate.")
        .size(8, 8)
        .axis(0, 1)
        .query(q.run("class_accuracy_ratio"), "accuracy")
        .link("Compare runs", COMPARE);
  }

  private Panel scatter() {
    return Panel.lines(
            "Scatter within over between classes",
            Unit.NONE,
            "NC1. Healthy with the sum outside: falls, 0 is a point a class. Grows when labels are not used:"
                + " that is the comparison, not a fault.")
        .size(8, 8)
        .atLeast(0)
        .decimals(2)
        .query(q.run("class_variability_ratio"), "NC1");
  }

  private Panel cosines() {
    return Panel.lines(
            "Cosines of class means",
            Unit.NONE,
            "Mean and deviation over pairs of classes. Healthy: the mean at -1 / (classes - 1), the deviation"
                + " falling towards a simplex. Can be negative: axis fixed to -1..1.")
        .size(8, 8)
        .axis(-1, 1)
        .decimals(2)
        .query(q.run("class_mean_cosine"), "{{stat}}");
  }

  // ---- identifiability

  private Panel latents() {
    return Panel.lines(
            "True latents in the embedding",
            Unit.NONE,
            "R2 of their span and MCC of each by itself. Healthy: R2 towards 1; MCC too in a box with the norm"
                + " that fits, after a plateau and a jump, but not on a sphere, where latents are found up to"
                + " a rotation. Can be negative: axis fixed to -1..1.")
        .size(24, 8)
        .axis(-1, 1)
        .decimals(3)
        .query(q.run("latent_r2"), "R2")
        .query(q.run("latent_mcc"), "MCC")
        .link("Compare runs", COMPARE);
  }

  // ---- lssl

  private Panel direction() {
    return Panel.lines(
            "Moves, age and nuisance along the direction",
            Unit.NONE,
            "Mean cosine of a subject's move with the direction, and correlation along it with age and with"
                + " place or brightness. Healthy: cosine near 1, age near 0.9, the others well below. Cosine falling"
                + " from where it was: the direction is lost. Can be negative: axis fixed to -1..1.")
        .axis(-1, 1)
        .decimals(3)
        .query(q.run("direction_cosine"), "cosine")
        .query(q.run("age_correlation"), "age")
        .query(q.run("nuisance_correlation"), "place, brightness")
        .colour("place, brightness", Panel.RED)
        .link("Compare runs", COMPARE);
  }

  private Panel order() {
    return Panel.lines(
            "Pairs in the right order",
            Unit.SHARE,
            "Share of pairs whose later sample lies further along the direction. Healthy: 100 % soon. 50 % is"
                + " chance.")
        .axis(0, 1)
        .query(q.run("order_accuracy_ratio"), "right")
        .level(0.5, "chance");
  }
}
