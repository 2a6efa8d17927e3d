package dev.sluice.export;

import dev.sluice.metrics.PerStepSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One series of a run's history on its way out.
 *
 * @param slot where it stands in a row
 * @param key its name and labels in the history, as {@link dev.sluice.event.Series#key()} writes
 *     them
 * @param name what it is called outside, for example {@code sluice_loss_per_step}
 * @param labels beside the name, by name in alphabetical order, the run among them
 */
record Column(int slot, String key, String name, Map<String, String> labels) {
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  Column {
    labels = new TreeMap<>(labels);
  }

  static Column of(int slot, String key, String run) {
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(key);
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    labels.put("run", run);
    return new Column(slot, key, PerStepSeries.name(key), labels);
  }

  /**
   * The columns of a history that are wanted, in its order; what it does not hold is left out.
   *
   * @param keys the history's series by slot
   */
  static List<Column> of(List<String> keys, SeriesChoice wanted, String run) {
    List<Column> columns = new ArrayList<>();
    for (int slot = 0; slot < keys.size(); slot++) {
      if (wanted.includes(keys.get(slot))) {
        columns.add(of(slot, keys.get(slot), run));
      }
    }
    return columns;
  }
}
