package dev.sluice.dashboard;

import dev.sluice.metrics.Catalogue;
import java.util.LinkedHashMap;
import java.util.Map;

/** The registry of dashboards: one line each, the home first. */
public final class Dashboards {
  private Dashboards() {}

  /**
   * The text of every dashboard by the name of its file.
   *
   * @throws IllegalArgumentException if a panel asks for a metric that the catalogue does not hold
   */
  public static Map<String, String> files(Catalogue catalogue) {
    Promql promql = new Promql(catalogue);
    Map<String, String> files = new LinkedHashMap<>();
    files.put("decoupling.json", DecouplingDashboard.write(promql));
    files.put("collapse.json", CollapseDashboard.write(promql));
    files.put("systems.json", SystemsDashboard.write(promql));
    files.put("training.json", TrainingDashboard.write(promql));
    files.put("runs.json", RunsDashboard.write(promql));
    files.put("service.json", ServiceDashboard.write(promql));
    return files;
  }
}
