package dev.sluice.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes notifications as somebody's chat or pager would. */
final class WebhookListener implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<Notice> notices = new CopyOnWriteArrayList<>();
  private final List<String> chats = new CopyOnWriteArrayList<>();

  /** One alert of one notification. */
  record Notice(String alert, String run, String severity, String status) {}

  WebhookListener(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext("/alerts", exchange -> take(exchange, true));
    server.createContext("/slack", exchange -> take(exchange, false));
    server.start();
  }

  private void take(HttpExchange exchange, boolean webhook) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    if (webhook) {
      for (JsonNode alert : body.path("alerts")) {
        JsonNode labels = alert.path("labels");
        notices.add(
            new Notice(
                labels.path("alertname").asText(),
                labels.path("run").asText(),
                labels.path("severity").asText(),
                alert.path("status").asText()));
      }
    } else {
      chats.add(body.toString());
    }
    exchange.sendResponseHeaders(200, 2);
    exchange.getResponseBody().write(new byte[] {'o', 'k'});
    exchange.close();
  }

  List<Notice> notices() {
    return List.copyOf(notices);
  }

  boolean has(String alert, String run, String status) {
    return notices.stream()
        .anyMatch(
            one ->
                one.alert().equals(alert) && one.run().equals(run) && one.status().equals(status));
  }

  /** What was sent in the form of a chat message. */
  List<String> chats() {
    return List.copyOf(chats);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
