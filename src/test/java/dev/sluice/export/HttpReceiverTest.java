package dev.sluice.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.export.Receiver.Answer;
import dev.sluice.export.Receiver.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the receiver's other end may do, over real sockets. */
final class HttpReceiverTest {
  private static final byte[] BODY = {1, 2, 3};

  private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private URI serve(Handler handler) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    ExecutorService threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext("/", handler::handle);
    server.start();
    open.add(() -> server.stop(0));
    open.add(threads::shutdownNow);
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/write");
  }

  private Answer send(URI uri) {
    return receiver(uri, Optional::empty, 20_000).send(BODY);
  }

  private HttpReceiver receiver(
      URI uri, Supplier<Optional<String>> authorization, long timeoutMillis) {
    HttpReceiver receiver =
        new HttpReceiver(
            new RemoteWriteTarget(
                uri,
                Map.of("X-Scope-OrgID", "team"),
                authorization,
                Optional.empty(),
                Duration.ofMillis(timeoutMillis),
                SeriesChoice.standard()),
            "1.2");
    open.add(receiver);
    return receiver;
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Test
  void aRequestSaysWhatItIs() throws IOException {
    URI uri =
        serve(
            exchange -> {
              boolean right =
                  exchange.getRequestMethod().equals("POST")
                      && exchange.getRequestURI().getPath().equals("/api/v1/write")
                      && List.of("application/x-protobuf")
                          .equals(exchange.getRequestHeaders().get("Content-Type"))
                      && List.of("snappy")
                          .equals(exchange.getRequestHeaders().get("Content-Encoding"))
                      && List.of("0.1.0")
                          .equals(
                              exchange.getRequestHeaders().get("X-Prometheus-Remote-Write-Version"))
                      && List.of("sluice/1.2")
                          .equals(exchange.getRequestHeaders().get("User-Agent"))
                      && List.of("team").equals(exchange.getRequestHeaders().get("X-Scope-OrgID"));
              answer(exchange, right ? 204 : 500, "");
            });
    assertThat(send(uri)).isEqualTo(Answer.accepted());
  }

  @ParameterizedTest
  @CsvSource({
    "200, ACCEPTED, ''",
    "204, ACCEPTED, ''",
    "302, LATER, 3xx",
    "400, REFUSED, 400",
    "401, LATER, 401",
    "403, LATER, 403",
    "404, LATER, 404",
    "405, LATER, 4xx",
    "409, REFUSED, 4xx",
    "413, REFUSED, 413",
    "415, LATER, 4xx",
    "429, LATER, 429",
    "500, LATER, 5xx",
    "503, LATER, 5xx"
  })
  void everyStatusHasItsVerdict(int status, Verdict verdict, String code) throws IOException {
    Answer answer = send(serve(exchange -> answer(exchange, status, "")));
    assertThat(answer.verdict()).isEqualTo(verdict);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(code.isEmpty() || dev.sluice.metrics.DeliveryMetrics.CODES.contains(code)).isTrue();
  }

  @Test
  void anErrorThatSpeaksOfSamples_isARefusal_andAnotherIsTrouble() throws IOException {
    Answer tooOld = send(serve(exchange -> answer(exchange, 500, "too old sample\n")));
    assertThat(tooOld.verdict()).isEqualTo(Verdict.REFUSED);
    Answer other = send(serve(exchange -> answer(exchange, 500, "storage is not ready\n")));
    assertThat(other.verdict()).isEqualTo(Verdict.LATER);
  }

  @Test
  void whatItSays_isOneShortLine() throws IOException {
    Answer answer =
        send(serve(exchange -> answer(exchange, 400, "out of\norder\u0007 " + "x".repeat(99_999))));
    assertThat(answer.says()).startsWith("HTTP 400 out of order x").hasSizeLessThan(300);
  }

  @Test
  void aReceiverThatAsksForRest_getsIt_butNotForever() throws IOException {
    AtomicInteger seconds = new AtomicInteger(7);
    URI uri =
        serve(
            exchange -> {
              exchange.getResponseHeaders().set("Retry-After", seconds.toString());
              answer(exchange, 429, "");
            });
    assertThat(send(uri).rest()).isEqualTo(Duration.ofSeconds(7));
    seconds.set(999_999);
    assertThat(send(uri).rest()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void noAnswer_isATimeout() throws IOException {
    URI uri = serve(exchange -> {});
    Answer answer = receiver(uri, Optional::empty, 200).send(BODY);
    assertThat(answer.verdict()).isEqualTo(Verdict.LATER);
    assertThat(answer.code()).isEqualTo("timeout");
  }

  @Test
  void anAnswerWithoutEnd_isCutOff() throws IOException {
    URI uri =
        serve(
            exchange -> {
              exchange.getRequestBody().readAllBytes();
              exchange.sendResponseHeaders(500, 0);
              try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                  out.write(new byte[8192]);
                }
              }
            });
    assertThat(send(uri).code()).isEqualTo("5xx");
  }

  @Test
  void aSuccessWhoseWordsNeverEnd_isASuccess() throws IOException {
    URI uri =
        serve(
            exchange -> {
              exchange.getRequestBody().readAllBytes();
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write('x');
              exchange.getResponseBody().flush();
            });
    assertThat(receiver(uri, Optional::empty, 5_000).send(BODY)).isEqualTo(Answer.accepted());
  }

  @Test
  void aConnectionThatBreaksOrIsRefused_orTalksNonsense_isNoMoreThanThat() throws Exception {
    ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    open.add(socket);
    URI uri = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    AtomicInteger connections = new AtomicInteger();
    Thread liar =
        new Thread(
            () -> {
              try {
                while (true) {
                  try (Socket one = socket.accept()) {
                    one.getInputStream().read(new byte[1024]);
                    if (connections.getAndIncrement() % 2 == 0) {
                      one.setSoLinger(true, 0);
                    } else {
                      one.getOutputStream().write("SSH-2.0-nonsense\r\n\r\n".getBytes());
                    }
                  }
                }
              } catch (IOException closed) {
                // the test is over
              }
            });
    liar.setDaemon(true);
    liar.start();
    assertThat(send(uri).code()).as("reset").isEqualTo("connection");
    assertThat(send(uri).code()).as("nonsense").isEqualTo("connection");
    socket.close();
    assertThat(send(uri).code()).as("refused").isEqualTo("connection");
  }

  @Test
  void aRedirectIsNotFollowed() throws IOException {
    AtomicInteger elsewhere = new AtomicInteger();
    URI other =
        serve(
            exchange -> {
              elsewhere.incrementAndGet();
              answer(exchange, 204, "");
            });
    URI uri =
        serve(
            exchange -> {
              exchange.getResponseHeaders().set("Location", other.toString());
              answer(exchange, 307, "");
            });
    assertThat(send(uri).code()).isEqualTo("3xx");
    assertThat(elsewhere).hasValue(0);
  }

  @Test
  void credentialsThatAreRefused_areAskedForAgain() throws IOException {
    URI uri =
        serve(
            exchange -> {
              boolean fresh =
                  List.of("Bearer fresh").equals(exchange.getRequestHeaders().get("Authorization"));
              answer(exchange, fresh ? 204 : 401, "");
            });
    String[] file = {"Bearer stale"};
    HttpReceiver receiver = receiver(uri, () -> Optional.of(file[0]), 20_000);
    assertThat(receiver.send(BODY).code()).isEqualTo("401");
    file[0] = "Bearer fresh";
    assertThat(receiver.send(BODY).code()).as("the one at hand").isEqualTo("401");
    assertThat(receiver.send(BODY)).isEqualTo(Answer.accepted());
  }
}
