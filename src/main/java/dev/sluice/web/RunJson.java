package dev.sluice.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.event.ReferenceBand;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunInfo;
import java.util.List;
import java.util.Locale;

/** Runs and their events as JSON. */
final class RunJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private RunJson() {}

  /** {"runs":[...]}. */
  static ObjectNode runs(Iterable<RunView> runs) {
    ObjectNode all = JSON.objectNode();
    ArrayNode list = all.putArray("runs");
    runs.forEach(run -> list.add(run(run)));
    return all;
  }

  static ObjectNode run(RunView run) {
    RunInfo info = run.info();
    ObjectNode node = JSON.objectNode();
    node.put("run", info.run())
        .put("recipe", info.recipe())
        .put("preset", info.preset())
        .put("seed", info.seed())
        .put("horizon", info.horizon())
        .put("lastStep", info.lastStep())
        .put("state", run.state().label())
        .put("reason", run.reason())
        .put("step", run.step())
        .put("groundTruth", info.groundTruth())
        .put("tileSide", info.tileSide())
        .put("loss", info.loss())
        .put("source", info.source())
        .put("backend", info.backend())
        .put("startMillis", info.startMillis());
    ObjectNode settings = node.putObject("settings");
    info.settings().forEach(settings::put);
    ObjectNode cadences = node.putObject("cadences");
    info.cadences().forEach(cadences::put);
    ObjectNode knobs = node.putObject("knobs");
    run.knobs()
        .asMap()
        .forEach(
            (knob, value) ->
                knobs
                    .putObject(knob.key())
                    .put("value", value)
                    .put("min", knob.min())
                    .put("max", knob.max()));
    ArrayNode series = node.putArray("series");
    info.layout().series().forEach(one -> series.add(one.key()));
    ArrayNode bands = node.putArray("bands");
    info.bands().forEach(band -> bands.add(band(band)));
    ArrayNode events = node.putArray("events");
    run.events().forEach(event -> events.add(event(event)));
    return node;
  }

  static ObjectNode event(RunEvent event) {
    ObjectNode node =
        JSON.objectNode()
            .put("run", event.run())
            .put("step", event.step())
            .put("time", event.timestampMillis())
            .put("label", event.label())
            .put("text", event.text());
    if (event instanceof RunEvent.KnobChanged changed) {
      node.put("knob", changed.knob().key()).put("from", changed.from()).put("to", changed.to());
    }
    if (event instanceof RunEvent.CollapseChanged changed) {
      node.put("kind", changed.kind().label())
          .put("severity", changed.severity().name().toLowerCase(Locale.ROOT));
    }
    if (event instanceof RunEvent.StageEntered entered) {
      node.put("stage", entered.stage());
    }
    return node;
  }

  static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values could not be written", e);
    }
  }

  /** A text as JSON writes it. */
  static String quoted(String text) {
    return write(TextNode.valueOf(text));
  }

  private static ObjectNode band(ReferenceBand band) {
    ObjectNode node = JSON.objectNode().put("key", band.key());
    ArrayNode steps = node.putArray("steps");
    band.steps().forEach(steps::add);
    numbers(node.putArray("mean"), band.mean());
    numbers(node.putArray("deviation"), band.deviation());
    return node;
  }

  private static void numbers(ArrayNode to, List<Double> values) {
    values.forEach(to::add);
  }
}
