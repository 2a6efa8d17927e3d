package dev.sluice.compute;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class CpuBackendTest extends BackendContract {

  @Override
  Backend open() {
    return new CpuBackend();
  }

  @Override
  double tolerance() {
    return 2e-5;
  }

  @Test
  void closedMatrix_isRefused() {
    try (Backend backend = new CpuBackend()) {
      Matrix matrix = backend.allocate(2, 3);
      matrix.close();

      assertThatIllegalStateException()
          .isThrownBy(() -> backend.download(matrix))
          .withMessageContaining("2 x 3");
    }
  }
}
