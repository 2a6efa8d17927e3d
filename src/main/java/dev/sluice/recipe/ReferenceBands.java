package dev.sluice.recipe;

import dev.sluice.event.ReferenceBand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reference trajectories that ship with the program, by preset and arm. */
final class ReferenceBands {
  private static final String RESOURCE = "/bands/reference.tsv";

  private ReferenceBands() {}

  /** Bands of for example {@code lottery-small/mask}; empty when there are none of that name. */
  static List<ReferenceBand> of(String presetAndArm) {
    Map<String, List<String[]>> bySeries = new LinkedHashMap<>();
    for (String[] line : lines()) {
      if (line[0].equals(presetAndArm)) {
        bySeries.computeIfAbsent(line[1], key -> new ArrayList<>()).add(line);
      }
    }
    List<ReferenceBand> bands = new ArrayList<>();
    bySeries.forEach(
        (key, points) ->
            bands.add(
                new ReferenceBand(
                    key,
                    points.stream().map(point -> Long.valueOf(point[2])).toList(),
                    points.stream().map(point -> Double.valueOf(point[3])).toList(),
                    points.stream().map(point -> Double.valueOf(point[4])).toList())));
    return bands;
  }

  private static List<String[]> lines() {
    try (InputStream stream = ReferenceBands.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("the program lacks its resource " + RESOURCE);
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      return reader
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
