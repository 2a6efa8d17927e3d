package dev.sluice.compute;

import java.util.Arrays;

/**
 * The indices of equal labels side by side, found by hashing into arrays that are kept from batch
 * to batch.
 */
final class LabelGroups {
  private int[] table = {};
  private int[] groupOf = {};
  private int[] ends = {};
  private int[] members = {};
  private int groups;

  /** Groups the labels anew. */
  void group(int[] labels) {
    reserve(labels.length);
    Arrays.fill(table, -1);
    groups = 0;
    for (int i = 0; i < labels.length; i++) {
      int slot = slotOf(labels[i], labels);
      if (table[slot] < 0) {
        table[slot] = i;
        groupOf[i] = groups;
        ends[groups] = 0;
        groups++;
      } else {
        groupOf[i] = groupOf[table[slot]];
      }
      ends[groupOf[i]]++;
    }
    // counts become beginnings; filling moves each beginning to its end
    int begin = 0;
    for (int g = 0; g < groups; g++) {
      int count = ends[g];
      ends[g] = begin;
      begin += count;
    }
    for (int i = 0; i < labels.length; i++) {
      members[ends[groupOf[i]]++] = i;
    }
  }

  int groups() {
    return groups;
  }

  /** Where the group begins in {@link #members}. */
  int begin(int group) {
    return group == 0 ? 0 : ends[group - 1];
  }

  /** Behind the last of the group in {@link #members}. */
  int end(int group) {
    return ends[group];
  }

  /** The indices, group by group, ascending in each; longer than the labels at times. */
  int[] members() {
    return members;
  }

  /** The slot that holds the first index of this label, or a free one. */
  private int slotOf(int label, int[] labels) {
    int mask = table.length - 1;
    int slot = ((label * 0x9E3779B9) >>> 7) & mask;
    while (table[slot] >= 0 && labels[table[slot]] != label) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** At most half of the table is filled, so that a search ends. */
  private void reserve(int length) {
    if (members.length < length) {
      table = new int[Integer.highestOneBit(Math.max(1, length)) * 4];
      groupOf = new int[length];
      ends = new int[length];
      members = new int[length];
    }
  }
}
