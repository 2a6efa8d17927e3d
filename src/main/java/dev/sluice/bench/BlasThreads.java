package dev.sluice.bench;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/** How many threads OpenBLAS may use for a product. Process-wide. */
final class BlasThreads {

  static void use(int threads) {
    Loader.load(openblas_nolapack.class);
    org.bytedeco.openblas.presets.openblas_nolapack.blas_set_num_threads(threads);
  }

  private BlasThreads() {}
}
