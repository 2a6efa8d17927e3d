package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.event.MetricSpec;
import dev.sluice.metrics.Catalogue;
import io.vertx.ext.web.Router;
import java.util.Locale;

/** GET /api/catalogue: what every metric is. */
final class CatalogueRoutes {
  private final ObjectNode answer = JsonNodeFactory.instance.objectNode();

  CatalogueRoutes(Catalogue catalogue) {
    ArrayNode metrics = answer.putArray("metrics");
    for (Catalogue.Entry entry : catalogue.entries()) {
      MetricSpec spec = entry.spec();
      ObjectNode metric =
          metrics
              .addObject()
              .put("name", spec.fullName())
              .put("type", spec.type().name().toLowerCase(Locale.ROOT))
              .put("unit", spec.unit())
              .put("help", spec.help())
              .put("source", spec.source());
      ArrayNode labels = metric.putArray("labels");
      if (entry.origin() != Catalogue.Origin.PROCESS) {
        labels.add("run");
      }
      spec.labelNames().forEach(labels::add);
    }
  }

  void mount(Router router) {
    router.get("/api/catalogue").handler(context -> Answers.json(context, answer));
  }
}
