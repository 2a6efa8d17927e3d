package dev.sluice.compute;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class ReferenceBackendTest extends BackendContract {

  @Override
  Backend open() {
    return new ReferenceBackend();
  }

  @Override
  double tolerance() {
    return 1e-12;
  }

  @Test
  void closedMatrix_isRefused() {
    try (Backend backend = new ReferenceBackend()) {
      Matrix matrix = backend.allocate(2, 3);
      matrix.close();

      assertThatIllegalStateException()
          .isThrownBy(() -> backend.download(matrix))
          .withMessageContaining("2 x 3");
    }
  }
}
