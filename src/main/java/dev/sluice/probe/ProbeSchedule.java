package dev.sluice.probe;

import java.util.List;
import java.util.Map;

public final class ProbeSchedule {
  private ProbeSchedule() {}

  public static ProbeSchedule plan(List<Probe> probes, ProbeShape shape, double budget) {
    return new ProbeSchedule();
  }

  public Map<String, Integer> cadences() {
    return Map.of();
  }

  public boolean due(Probe probe, long step) {
    return step % 50 == 0;
  }
}
