package dev.sluice.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GaussianTest {
  private static final int ROWS = 40_000;

  private final Gaussian source = new Gaussian(4, 5);

  @Test
  void samplesAreWhite() {
    float[] x = new float[ROWS * 5];
    source.draw(3, 0, ROWS, x, null, null);
    for (int a = 0; a < 5; a++) {
      double[] column = Samples.column(x, 5, a);
      assertThat(Samples.mean(column)).isCloseTo(0, within(4 / Math.sqrt(ROWS)));
      for (int b = 0; b <= a; b++) {
        double covariance = Samples.covariance(column, Samples.column(x, 5, b));
        double error = 4 * Math.sqrt((a == b ? 2.0 : 1.0) / ROWS);
        assertThat(covariance).isCloseTo(a == b ? 1 : 0, within(error));
      }
    }
  }

  @Test
  void whatItCannotGiveIsRefused() {
    assertThat(source.dictionary()).isNull();
    assertThatThrownBy(() -> source.draw(0, 0, 1, new float[5], new float[5], null))
        .hasMessage("white samples have no known dictionary");
    assertThatThrownBy(() -> source.draw(0, 0, 1, new float[5], null, new float[5]))
        .hasMessage("white samples have no known dictionary");
    assertThatThrownBy(() -> new Gaussian(0, 0))
        .hasMessage("a sample needs a width of at least 1: 0");
  }
}
