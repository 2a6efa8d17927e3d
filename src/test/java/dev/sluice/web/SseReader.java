package dev.sluice.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads server-sent events on a thread of its own, strictly as this server writes them. */
final class SseReader implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** One event. */
  record Message(String event, JsonNode data) {
    String run() {
      return data.path("run").asText();
    }
  }

  final HttpResponse<InputStream> response;
  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private volatile int comments;
  private volatile boolean ended;

  SseReader(HttpResponse<InputStream> response) {
    this.response = response;
    Thread thread = new Thread(this::read, "sse-reader");
    thread.setDaemon(true);
    thread.start();
  }

  List<Message> messages() {
    return List.copyOf(messages);
  }

  List<Message> messages(String event) {
    return messages.stream().filter(message -> message.event().equals(event)).toList();
  }

  int comments() {
    return comments;
  }

  boolean hasEnded() {
    return ended;
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      String event = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(":")) {
          comments++;
        }
        if (line.startsWith("event: ")) {
          event = line.substring("event: ".length());
        }
        if (line.startsWith("data: ")) {
          messages.add(new Message(event, MAPPER.readTree(line.substring("data: ".length()))));
        }
      }
    } catch (IOException e) {
      // the end of the stream, one way or the other
    } finally {
      ended = true;
    }
  }
}
