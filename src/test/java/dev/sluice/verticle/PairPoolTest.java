package dev.sluice.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.augment.PairBatch;
import org.junit.jupiter.api.Test;

class PairPoolTest {
  private final FakeBackend memory = new FakeBackend();
  private final PairPool pool =
      new PairPool(2, () -> new PairBatch(memory.backend(), FakeRun.SHAPE));

  @Test
  void an_empty_pool_says_so_and_never_waits() {
    PairBatch first = pool.take();
    PairBatch second = pool.take();

    assertThat(first).isNotNull().isNotSameAs(second);
    assertThat(pool.take()).isNull();

    pool.release(second);
    assertThat(pool.take()).isSameAs(second);
  }

  @Test
  void a_buffer_given_back_twice_is_an_error() {
    PairBatch batch = pool.take();
    pool.release(batch);

    assertThatThrownBy(() -> pool.release(batch)).hasMessageContaining("given back twice");
  }

  @Test
  void a_buffer_in_use_when_the_pool_closes_is_freed_when_it_comes_back() {
    PairBatch batch = pool.take();
    pool.close();
    assertThat(memory.open).hasPositiveValue();

    pool.release(batch);
    assertThat(memory.open).hasValue(0);
  }
}
