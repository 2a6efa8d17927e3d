package dev.sluice.verticle;

import dev.sluice.augment.EvaluationBatch;
import dev.sluice.augment.PairBatch;
import dev.sluice.augment.PairSource;
import dev.sluice.augment.Views;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/** Fills nothing, but remembers for which step and views it was asked, and on which thread. */
final class FakePairs implements PairSource.Factory {
  final Map<Long, Views> views = new ConcurrentHashMap<>();
  final Set<String> threads = ConcurrentHashMap.newKeySet();
  final AtomicInteger sources = new AtomicInteger();
  volatile LongConsumer work = step -> {};
  volatile boolean remembers = true;

  @Override
  public PairSource create() {
    sources.incrementAndGet();
    return new PairSource() {
      @Override
      public void fill(long step, Views asked, PairBatch target) {
        work.accept(step);
        if (remembers) {
          threads.add(Thread.currentThread().getName());
          if (views.put(step, asked) != null) {
            throw new IllegalStateException("step " + step + " was asked for twice");
          }
        }
        target.filled(step, asked.averageToAnchor());
      }

      @Override
      public void fill(Views asked, EvaluationBatch target) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
