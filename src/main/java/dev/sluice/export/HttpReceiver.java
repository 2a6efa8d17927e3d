package dev.sluice.export;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A remote-write receiver over HTTP. It trusts nothing of the answer but its status: a body is read
 * for its first words only, redirects are not followed, and a request takes no longer than the
 * target's timeout, whatever trickles in.
 */
final class HttpReceiver implements Receiver {
  private static final int MOST_WORDS = 256;

  /** Prometheus 2.42 answers 500 rather than 400 to a sample older than its out-of-order window. */
  private static final Pattern NEVER_TAKEN =
      Pattern.compile("too old sample|out of order|out of bounds|duplicate sample");

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final RemoteWriteTarget target;
  private final String agent;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "sluice-remote-write-http");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpClient client;
  private Optional<String> authorization;

  /**
   * @param version of this program, said in the header User-Agent
   */
  HttpReceiver(RemoteWriteTarget target, String version) {
    this.target = target;
    agent = "sluice/" + version;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(target.timeout())
            .executor(threads);
    target.tls().ifPresent(builder::sslContext);
    client = builder.build();
    authorization = target.authorization().get();
  }

  @Override
  public Answer send(byte[] body) {
    AtomicInteger status = new AtomicInteger();
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(
            request(body),
            response -> {
              status.set(response.statusCode());
              return new FirstWords();
            });
    try {
      HttpResponse<String> response =
          answer.get(target.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return judge(response);
    } catch (TimeoutException late) {
      answer.cancel(true);
      if (isSuccess(status.get())) {
        // taken; only what it had to say never came to an end
        return Answer.accepted();
      }
      return later("timeout", "no answer within " + target.timeout().toMillis() + " ms");
    } catch (ExecutionException failed) {
      if (isSuccess(status.get())) {
        return Answer.accepted();
      }
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      String code = cause instanceof HttpTimeoutException ? "timeout" : "connection";
      return later(code, line(cause.getClass().getSimpleName() + " " + cause.getMessage()));
    } catch (InterruptedException closing) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return later("connection", "interrupted");
    }
  }

  private HttpRequest request(byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.uri())
            .timeout(target.timeout())
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .header("X-Prometheus-Remote-Write-Version", "0.1.0")
            .header("User-Agent", agent)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    target.headers().forEach(request::setHeader);
    authorization.ifPresent(value -> request.setHeader("Authorization", value));
    return request.build();
  }

  private Answer judge(HttpResponse<String> response) {
    int status = response.statusCode();
    String says = line("HTTP " + status + " " + response.body());
    if (isSuccess(status)) {
      return Answer.accepted();
    }
    return switch (status) {
      case 400, 413 -> refused(Integer.toString(status), says);
      // what Thanos says of samples that it will never take
      case 409, 422 -> refused("4xx", says);
      case 401, 403 -> {
        authorization = target.authorization().get();
        yield later(Integer.toString(status), says);
      }
      case 404 -> later("404", says);
      case 429 -> new Answer(Verdict.LATER, "429", wait(response), says);
      default ->
          status == 500 && NEVER_TAKEN.matcher(says).find()
              ? refused("5xx", says)
              : new Answer(Verdict.LATER, group(status), wait(response), says);
    };
  }

  private static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }

  private static String group(int status) {
    if (status >= 500) {
      return "5xx";
    }
    return status >= 400 ? "4xx" : "3xx";
  }

  /** What the receiver asks for in seconds; a date is not worth the trouble. */
  private static Duration wait(HttpResponse<?> response) {
    String wanted = response.headers().firstValue("Retry-After").orElse("");
    if (!wanted.matches("\\d{1,6}")) {
      return Duration.ZERO;
    }
    Duration wait = Duration.ofSeconds(Long.parseLong(wanted));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private static Answer refused(String code, String says) {
    return new Answer(Verdict.REFUSED, code, Duration.ZERO, says);
  }

  private static Answer later(String code, String says) {
    return new Answer(Verdict.LATER, code, Duration.ZERO, says);
  }

  private static String line(String text) {
    return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
  }

  @Override
  public void close() {
    // the client ends with its last reference; its threads are daemons
    threads.shutdownNow();
  }

  /** The beginning of a body, as text; the rest is not waited for. */
  private static final class FirstWords implements HttpResponse.BodySubscriber<String> {
    private final CompletableFuture<String> words = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private Flow.@Nullable Subscription subscription;

    @Override
    public CompletionStage<String> getBody() {
      return words;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        byte[] bytes = new byte[Math.min(buffer.remaining(), MOST_WORDS)];
        buffer.get(bytes);
        text.append(new String(bytes, StandardCharsets.UTF_8));
      }
      if (text.length() >= MOST_WORDS) {
        text.setLength(MOST_WORDS);
        words.complete(text.toString());
        if (subscription != null) {
          subscription.cancel();
        }
      }
    }

    @Override
    public void onError(Throwable broken) {
      // the status has been read, and nothing else counts
      words.complete(text.toString());
    }

    @Override
    public void onComplete() {
      words.complete(text.toString());
    }
  }
}
