package dev.sluice.export;

import dev.sluice.metrics.PerStepSeries;
import java.util.List;
import java.util.Set;

/** Which series of a history go out. */
public final class SeriesChoice {
  /** The word for the series that are delivered unless told otherwise. */
  public static final String DEFAULT = "default";

  /** The word for every series. */
  public static final String ALL = "all";

  private final Set<String> words;

  private SeriesChoice(Set<String> words) {
    this.words = words;
  }

  /** The twelve that are delivered unless told otherwise. */
  public static SeriesChoice standard() {
    return new SeriesChoice(Set.of(DEFAULT));
  }

  /**
   * A choice in words, each {@link #DEFAULT}, {@link #ALL}, a series with its labels as the history
   * names it, or a metric, which means all its series.
   */
  public static SeriesChoice of(List<String> words) {
    return new SeriesChoice(Set.copyOf(words));
  }

  /** Whether a series, named as the history does, belongs to it. */
  boolean includes(String key) {
    int labels = key.indexOf('{');
    return words.contains(ALL)
        || words.contains(key)
        || (labels > 0 && words.contains(key.substring(0, labels)))
        || (words.contains(DEFAULT) && PerStepSeries.defaults().contains(key));
  }

  /** The first word that names nothing in a history, or nothing when all do. */
  public String unknownTo(List<String> keys) {
    for (String word : words) {
      boolean general = word.equals(ALL) || word.equals(DEFAULT);
      if (!general && keys.stream().noneMatch(new SeriesChoice(Set.of(word))::includes)) {
        return word;
      }
    }
    return "";
  }
}
