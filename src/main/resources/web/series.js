/** Names of the series this page knows, as the server writes their keys. */

const layer = 'layer="encoder"';

export const LOSS = 'sluice_loss{part="total"}';
export const LOSS_SMOOTHED = 'sluice_loss_smoothed{part="total"}';
export const CHANCE = 'sluice_loss_chance';
export const SPARSITY = `sluice_activation_sparsity_ratio{${layer}}`;
export const SELECTIVITY = `sluice_neuron_selectivity{${layer}}`;
export const KURTOSIS = `sluice_preactivation_kurtosis{${layer}}`;
export const DENSE = `sluice_pair_correlation{${layer},signal="dense"}`;
export const SPARSE = `sluice_pair_correlation{${layer},signal="sparse"}`;
export const DENSE_ESTIMATE = `sluice_pair_correlation_estimate{${layer},signal="dense"}`;
export const SPARSE_ESTIMATE = `sluice_pair_correlation_estimate{${layer},signal="sparse"}`;
export const PAIR_CORRELATION = `sluice_embedding_pair_correlation{${layer}}`;
export const COVERAGE = 'sluice_feature_coverage_ratio';
export const ALIGNMENT = 'sluice_feature_alignment{stat="mean"}';
export const WEIGHT_SPARSE = 'sluice_weight_sparse_energy_ratio';
export const PROBE_ACCURACY = 'sluice_probe_accuracy_ratio{probe="ridge"}';
export const STD_RATIO = `sluice_embedding_std_ratio{${layer}}`;
export const RANK = `sluice_embedding_effective_rank{kind="rankme",${layer}}`;
export const ORIENTATION = 'sluice_filter_orientation_selectivity';
export const SPREAD = 'sluice_filter_spectral_spread';
export const WINDOW = 'sluice_filter_window_energy_ratio';
export const CLUSTERS = 'sluice_filter_clusters';
export const STEP_SECONDS = 'sluice_step_seconds';
export const STAGE = 'sluice_schedule_stage';
export const WARM_UP = 'sluice_warmup_active';
export const GRADIENT_NORM = `sluice_gradient_norm{${layer}}`;
export const WEIGHT_NORM = `sluice_weight_norm{${layer}}`;

export const NORM = `sluice_embedding_norm{${layer},stat="mean"}`;
export const PARTICIPATION = `sluice_embedding_participation_ratio{${layer}}`;
export const LIDAR = `sluice_embedding_lidar{${layer}}`;
export const REDUNDANCY = `sluice_embedding_redundancy{${layer}}`;
export const DEAD = `sluice_embedding_dead_ratio{${layer}}`;

export const TREE_RATIO = 'sluice_tree_ceiling_ratio';
export const treeLevel = (level) => `sluice_tree_correlation{level="${level}"}`;
export const operatorLevel = (level) => `sluice_covariance_operator_norm{level="${level}"}`;
export const MOMENTS = 'sluice_embedding_moment_eigenvalue{stat="mean"}';
export const PREDICTOR = 'sluice_predictor_eigenvalue{stat="mean"}';
export const COMMUTATOR = 'sluice_predictor_commutator';
export const PREDICTOR_ALIGNMENT = 'sluice_predictor_alignment';
export const THEORY_EIGENVALUE = 'sluice_theory_predictor_eigenvalue';
export const THEORY_NORM = 'sluice_theory_embedding_norm';
export const readout = (target) => `sluice_readout_r2{target="${target}"}`;
export const READOUT_ACCURACY = 'sluice_readout_accuracy_ratio';
export const DISCREPANCY = 'sluice_pair_discrepancy';
export const CLASS_ACCURACY = 'sluice_class_accuracy_ratio';
export const CLASS_VARIABILITY = 'sluice_class_variability_ratio';
export const LATENT_R2 = 'sluice_latent_r2';
export const LATENT_MCC = 'sluice_latent_mcc';
export const DIRECTION = 'sluice_direction_cosine';
export const AGE = 'sluice_age_correlation';
export const ORDER = 'sluice_order_accuracy_ratio';
export const NUISANCE = 'sluice_nuisance_correlation';

/** Derived here from the running totals below: share of the trainer's time that goes to probes. */
export const PROBE_SHARE = 'page_probe_share';

/** The phases of the trainer's own thread; pairs are made beside it, on another. */
export const PHASES = ['transfer', 'forward', 'backward', 'update', 'probe', 'publish'];

export const phaseSeconds = (phase) => `sluice_phase_seconds_total{phase="${phase}"}`;
export const collapseActive = (kind) => `sluice_collapse_active{kind="${kind}"}`;
export const collapseWarning = (kind) => `sluice_collapse_warning{kind="${kind}"}`;
export const collapseScore = (kind) => `sluice_collapse_score_ratio{kind="${kind}"}`;

export const KINDS = ['complete', 'dimensional', 'neuron', 'decoupling', 'no_learning', 'divergence'];
