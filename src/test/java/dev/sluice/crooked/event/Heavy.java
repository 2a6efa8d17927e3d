package dev.sluice.crooked.event;

import io.vertx.core.json.JsonObject;

/** An event that carries, on purpose, more than the JDK. */
public record Heavy(JsonObject body) {}
