package dev.sluice.dashboard;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Why a query of a dashboard may have no answer although nothing is wrong: the one list. */
public enum MayBeEmpty {
  REMOTE_WRITE(
      "only every-step samples and their delivery: empty without --remote-write",
      "^(min|max) by \\(run\\) \\(\\w+_over_time\\(sluice_\\w+_per_step|^(sum|max)\\(\\S*sluice_remote_write_\\w+(\\[\\w+])?\\)+$"),
  KNOWN_DICTIONARY(
      "measured against the features, which photos do not tell",
      "sluice_(feature_alignment|feature_alignment_bin|feature_coverage_ratio|winner_ratio"
          + "|weight_sparse_energy_ratio|neuron_selectivity|representation_(cosine|covariance"
          + "|dense_energy_ratio)|input_pair_correlation|pair_correlation(_estimate(_per_step)?)?"
          + "|probe_accuracy_ratio)\\{"),
  IMAGES(
      "measured on filters, which only photos have", "sluice_filter_(orientation|spectral|window)"),
  SYSTEM(
      "measured on the networks of one system, which runs of another do not have",
      "sluice_(tree|covariance_operator|theory|predictor|readout|class|latent|direction|age|order"
          + "|nuisance)_\\w+\\{|sluice_pair_discrepancy\\{|sluice_embedding_(participation_ratio"
          + "|stable_rank|spectrum_decay|lidar|redundancy|dead_ratio|sparseness|moment_eigenvalue)\\{"),
  NEGATIVES("a loss without negatives has no chance level", "sluice_loss_chance"),
  END_OF_WARM_UP(
      "scores and maxima are written from the end of the warm-up on",
      "sluice_collapse_score_ratio|_peak\\{"),
  EVENT(
      "the event has not happened to this run",
      "sluice_event_timestamp_seconds\\{event=\"(?!started)"),
  PAUSE_OF_THE_COLLECTOR("no garbage was collected yet", "jvm_gc_pause_seconds");

  private final String reason;
  private final Pattern asked;

  MayBeEmpty(String reason, String asked) {
    this.reason = reason;
    this.asked = Pattern.compile(asked);
  }

  /** In words. */
  public String reason() {
    return reason;
  }

  static List<MayBeEmpty> reasons(Panels.Asked query) {
    return Arrays.stream(values())
        .filter(each -> each.asked.matcher(query.expression()).find())
        .toList();
  }
}
