package dev.sluice.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.event.RunEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/** The details of events as JSON. */
final class EventJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EventJson() {}

  static Map<String, Object> details(RunEvent event) {
    Map<String, Object> details = new LinkedHashMap<>();
    if (event instanceof RunEvent.KnobChanged changed) {
      details.put("knob", changed.knob().key());
      details.put("from", changed.from());
      details.put("to", changed.to());
    } else if (event instanceof RunEvent.CollapseChanged changed) {
      details.put("kind", changed.kind().label());
      details.put("severity", changed.severity().name().toLowerCase(java.util.Locale.ROOT));
      details.put("reason", changed.reason());
    } else if (event instanceof RunEvent.StageEntered entered) {
      details.put("stage", entered.stage());
    } else if (event instanceof RunEvent.StateChanged changed) {
      details.put("state", changed.state().label());
      details.put("reason", changed.reason());
    }
    return details;
  }

  static String write(RunEvent event) {
    try {
      return JSON.writeValueAsString(details(event));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }

  static Map<String, Object> read(String json) {
    try {
      return JSON.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not the details of an event: " + json, e);
    }
  }
}
