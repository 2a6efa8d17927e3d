package dev.sluice.export;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A receiver in memory that can be told how to answer. Safe for two threads. */
final class FakeReceiver implements Receiver {
  static final Answer LATER = new Answer(Verdict.LATER, "5xx", Duration.ZERO, "HTTP 503");
  static final Answer REFUSED = new Answer(Verdict.REFUSED, "400", Duration.ZERO, "HTTP 400 no");

  private final Map<String, TreeMap<Long, Long>> taken = new LinkedHashMap<>();
  private final List<Answer> answers = new ArrayList<>();
  private Function<Map<String, TreeMap<Long, Long>>, Answer> mood = body -> Answer.accepted();
  private long doubled;

  /** From now on answers so; it is given the body as {@link Bodies#read} reads it. */
  synchronized void answer(Function<Map<String, TreeMap<Long, Long>>, Answer> how) {
    mood = how;
  }

  @Override
  public synchronized Answer send(byte[] body) {
    Map<String, TreeMap<Long, Long>> series = Bodies.read(body);
    Answer answer = mood.apply(series);
    answers.add(answer);
    if (answer.verdict() == Verdict.ACCEPTED) {
      series.forEach(this::take);
    }
    return answer;
  }

  private void take(String series, Map<Long, Long> samples) {
    TreeMap<Long, Long> known = taken.computeIfAbsent(series, key -> new TreeMap<>());
    samples.forEach(
        (time, bits) -> {
          if (known.put(time, bits) != null) {
            doubled++;
          }
        });
  }

  /** What it has accepted. */
  synchronized Map<String, TreeMap<Long, Long>> taken() {
    Map<String, TreeMap<Long, Long>> copy = new LinkedHashMap<>();
    taken.forEach((series, samples) -> copy.put(series, new TreeMap<>(samples)));
    return copy;
  }

  /** The samples of a series, without the one that ends it. */
  synchronized TreeMap<Long, Long> values(String series) {
    TreeMap<Long, Long> values = new TreeMap<>(taken.getOrDefault(series, new TreeMap<>()));
    values.values().removeIf(bits -> bits == Bodies.STALE);
    return values;
  }

  synchronized long doubled() {
    return doubled;
  }

  synchronized int requests() {
    return answers.size();
  }

  @Override
  public void close() {}
}
