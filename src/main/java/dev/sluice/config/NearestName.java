package dev.sluice.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name somebody probably meant. */
public final class NearestName {

  private NearestName() {}

  /**
   * Goes between what is not there and the list of what is: "; did you mean NAME? " for the name
   * nearest to {@code given}, else ". ". Near means that at most a third of the letters differ, or
   * two.
   */
  public static String hint(String given, Collection<String> names) {
    String nearest = nearest(given, names);
    return nearest == null ? ". " : "; did you mean " + nearest + "? ";
  }

  static @Nullable String nearest(String given, Collection<String> names) {
    String wanted = plain(given);
    String nearest = null;
    int least = Math.max(2, wanted.length() / 3) + 1;
    for (String name : names) {
      int distance = distance(wanted, plain(name));
      if (distance < least && distance < Math.max(wanted.length(), name.length())) {
        least = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /**
   * Letters to insert, delete, replace or swap with their neighbour (optimal string alignment
   * distance).
   */
  static int distance(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          row[j] = Math.min(row[j], 1 + beforeLast[j - 2]);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[to.length()];
  }
}
