package dev.sluice.compute;

import java.util.Arrays;

/** {@link ObjectiveKernels#contrastLabelled} on the CPU: one row at a time. */
final class LabelledContrast {
  private final Scratch scratch;
  private final LabelGroups groups = new LabelGroups();

  private double loss;
  private double probability;
  private int wins;

  /**
   * @param scratch of which arrays 0 and 1 are used
   */
  LabelledContrast(Scratch scratch) {
    this.scratch = scratch;
  }

  ContrastStatistics contrast(CpuMatrix similarity, int[] labels, boolean inside) {
    int n = labels.length;
    groups.group(labels);
    int anchors = 0;
    for (int g = 0; g < groups.groups(); g++) {
      int size = groups.end(g) - groups.begin(g);
      anchors += size > 1 ? size : 0;
    }
    loss = 0;
    probability = 0;
    wins = 0;
    float[] row = scratch.array(0, n);
    for (int g = 0; g < groups.groups(); g++) {
      for (int k = groups.begin(g); k < groups.end(g); k++) {
        int anchor = groups.members()[k];
        if (groups.end(g) - groups.begin(g) == 1) {
          Arrays.fill(row, 0, n, 0f);
        } else {
          similarity.read(anchor * n, row, n);
          anchor(row, labels, g, anchor, anchors, inside);
        }
        similarity.write(anchor * n, row, 0, n);
      }
    }
    return new ContrastStatistics(loss / anchors, probability / anchors, (double) wins / anchors);
  }

  /** The row of an anchor with at least one positive: similarities in, gradient out. */
  private void anchor(
      float[] row, int[] labels, int group, int anchor, int anchors, boolean inside) {
    int n = labels.length;
    row[anchor] = Float.NEGATIVE_INFINITY;
    float max = Rows.max(row, n);
    int best = Rows.firstIndexOf(row, n, max);
    wins += best >= 0 && labels[best] == labels[anchor] ? 1 : 0;

    // the positives apart from the rest: far below the largest their exponentials would be cut off
    float[] wanted = scratch.array(1, n);
    int positives = gather(row, group, anchor, wanted);
    float positiveMax = Rows.max(wanted, positives);
    double positiveMean = Rows.sum(wanted, positives) / (double) positives;
    if (inside) {
      Rows.expShifted(wanted, positives, positiveMax);
    } else {
      Arrays.fill(wanted, 0, positives, 1f);
    }
    float wantedSum = Rows.sum(wanted, positives);
    double reached =
        inside ? positiveMax + Math.log(wantedSum) - Math.log(positives) : positiveMean;

    Rows.expShifted(row, n, max);
    row[anchor] = 0;
    float sum = Rows.sum(row, n);
    loss += max + Math.log(sum) - reached;
    Rows.scale(row, n, 1 / (sum * anchors));
    subtract(row, group, anchor, wanted, 1 / (wantedSum * anchors), anchors);
  }

  private int gather(float[] row, int group, int anchor, float[] target) {
    int count = 0;
    int[] members = groups.members();
    for (int k = groups.begin(group); k < groups.end(group); k++) {
      if (members[k] != anchor) {
        target[count] = row[members[k]];
        count++;
      }
    }
    return count;
  }

  private void subtract(
      float[] row, int group, int anchor, float[] wanted, float factor, int anchors) {
    int count = 0;
    double mass = 0;
    int[] members = groups.members();
    for (int k = groups.begin(group); k < groups.end(group); k++) {
      if (members[k] != anchor) {
        mass += row[members[k]];
        row[members[k]] -= factor * wanted[count];
        count++;
      }
    }
    probability += mass * anchors;
  }
}
