package dev.sluice.web;

import dev.sluice.web.RunView.Progress;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One follower of the live stream. Used on the server's event loop only. */
final class LiveClient {
  private final HttpServerResponse response;
  private boolean opening = true;
  private @Nullable Map<String, Progress> behindSince;
  private int skipped;

  LiveClient(HttpServerResponse response) {
    this.response = response;
  }

  /** Sends what happened before; what happens from {@code at} on is still to come. */
  void open(Buffer before, Map<String, Progress> at) {
    opening = false;
    behindSince = at;
    write(before);
  }

  /** Whether its history is still being written; it gets no frame until then. */
  boolean isOpening() {
    return opening;
  }

  /** Whether it reads more slowly than we write. */
  boolean isFull() {
    return response.writeQueueFull();
  }

  /** Leaves a frame out that began at {@code at}; returns how many in a row that makes. */
  int skip(Map<String, Progress> at) {
    if (behindSince == null) {
      behindSince = at;
    }
    return ++skipped;
  }

  /** From when on it lacks something; null when it lacks nothing. */
  @Nullable Map<String, Progress> behindSince() {
    return behindSince;
  }

  void send(Buffer frame) {
    behindSince = null;
    skipped = 0;
    write(frame);
  }

  private void write(Buffer bytes) {
    if (!response.ended() && !response.closed()) {
      response.write(bytes);
    }
  }

  void close() {
    if (!response.ended()) {
      response.end();
    }
  }

  /** Breaks the connection of a client that does not read. */
  void abandon() {
    response.reset();
  }
}
