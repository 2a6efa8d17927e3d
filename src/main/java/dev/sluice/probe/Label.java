package dev.sluice.probe;

import java.util.List;

/** Label names and values that several probes share. */
final class Label {
  static final String LAYER = "layer";
  static final String SIGNAL = "signal";
  static final String STAT = "stat";

  /** The one layer of the learner. */
  static final String ENCODER = "encoder";

  static final String SPARSE = "sparse";
  static final String DENSE = "dense";

  static final List<String> OF_LAYER = List.of(LAYER);
  static final List<String> OF_SIGNAL = List.of(SIGNAL);
  static final List<String> OF_STAT = List.of(STAT);
  static final List<String> OF_LAYER_AND_SIGNAL = List.of(LAYER, SIGNAL);
  static final List<String> OF_LAYER_AND_STAT = List.of(LAYER, STAT);

  private Label() {}
}
