package dev.sluice.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Under which series the named quantities of the experiments are found, by the name they have in
 * Wen and Li's experiment and in the one on photographs.
 */
final class PaperQuantities {
  private PaperQuantities() {}

  static Map<String, String> knownDictionary() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("loss", "sluice_loss{part=\"total\"}");
    map.put("contrast_prob", "sluice_contrast_probability");
    map.put("sparsity", "sluice_activation_sparsity_ratio{layer=\"encoder\"}");
    map.put(
        "fire rate, mean and max",
        "sluice_neuron_activation_ratio{layer=\"encoder\",stat=\"mean|max\"}");
    map.put("dead_frac (times m)", "sluice_neurons{layer=\"encoder\",state=\"dead\"}");
    map.put("zero_frac", "sluice_zero_output_ratio{layer=\"encoder\"}");
    map.put("selectivity", "sluice_neuron_selectivity{layer=\"encoder\"}");
    map.put("preact_kurtosis", "sluice_preactivation_kurtosis{layer=\"encoder\"}");
    map.put("align_mean", "sluice_feature_alignment{stat=\"mean\"}");
    map.put("align_median", "sluice_feature_alignment{stat=\"median\"}");
    map.put("align_second", "sluice_feature_alignment{stat=\"second\"}");
    map.put("align_gap", "sluice_feature_alignment{stat=\"gap\"}");
    map.put("winner_frac", "sluice_winner_ratio");
    map.put("coverage", "sluice_feature_coverage_ratio");
    map.put("weight_sparse_energy", "sluice_weight_sparse_energy_ratio");
    map.put("bias_ratio", "sluice_threshold_ratio{layer=\"encoder\",stat=\"mean\"}");
    map.put("in_sparse_corr", "sluice_input_pair_correlation{signal=\"sparse\"}");
    map.put("in_dense_corr", "sluice_input_pair_correlation{signal=\"dense\"}");
    map.put("rep_cov_sparse", "sluice_representation_covariance{signal=\"sparse\"}");
    map.put("rep_cov_dense", "sluice_representation_covariance{signal=\"dense\"}");
    map.put("rep_cov_cross", "sluice_representation_covariance{signal=\"cross\"}");
    map.put("rep_sparse_share", "sluice_representation_share{signal=\"sparse\"}");
    map.put("rep_dense_share", "sluice_representation_share{signal=\"dense\"}");
    map.put("rep_sparse_corr", "sluice_pair_correlation{layer=\"encoder\",signal=\"sparse\"}");
    map.put("rep_dense_corr", "sluice_pair_correlation{layer=\"encoder\",signal=\"dense\"}");
    map.put("rep_dense_energy", "sluice_representation_dense_energy_ratio");
    map.put("cos_sparse", "sluice_representation_cosine{signal=\"sparse\"}");
    map.put("cos_dense", "sluice_representation_cosine{signal=\"dense\"}");
    map.put("alignment", "sluice_embedding_alignment{layer=\"encoder\"}");
    map.put("uniformity", "sluice_embedding_uniformity{layer=\"encoder\"}");
    map.put("embed_std", "sluice_embedding_std_ratio{layer=\"encoder\"}");
    map.put("rankme", "sluice_embedding_effective_rank{kind=\"rankme\",layer=\"encoder\"}");
    map.put("top1", "sluice_positive_top1_ratio");
    map.put("probe_acc", "sluice_probe_accuracy_ratio{probe=\"ridge\"}");
    map.put("probe_r2", "sluice_probe_r2{probe=\"ridge\"}");
    return map;
  }

  static Map<String, String> photographs() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("kurt", "sluice_preactivation_kurtosis{layer=\"encoder\"}");
    map.put("zero", "sluice_activation_sparsity_ratio{layer=\"encoder\"}");
    map.put("silent", "sluice_zero_output_ratio{layer=\"encoder\"}");
    map.put("repcorr", "sluice_embedding_pair_correlation{layer=\"encoder\"}");
    map.put("clus", "sluice_filter_clusters");
    map.put("wn", "sluice_weight_norm{layer=\"encoder\"}");
    map.put("br", "sluice_threshold_ratio{layer=\"encoder\",stat=\"mean\"}");
    map.put("osi", "sluice_filter_orientation_selectivity");
    map.put("fpr", "sluice_filter_spectral_spread");
    map.put("win", "sluice_filter_window_energy_ratio");
    return map;
  }
}
