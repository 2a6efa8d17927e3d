package dev.sluice.data;

/** Anchors of classes, numbered from 0. */
public interface LabelledAnchors extends AnchorSource {

  /** C. */
  int classes();

  /**
   * The labels of rows {@code firstRow .. firstRow + rowCount} of a step. Those of training steps
   * may be wrong where a source has label noise; those of negative steps are the classes that the
   * anchors are of.
   *
   * @param labels receives one a row, from index 0 on
   */
  void labels(long step, int firstRow, int rowCount, int[] labels);
}
