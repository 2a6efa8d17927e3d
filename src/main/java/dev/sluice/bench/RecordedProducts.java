package dev.sluice.bench;

import dev.sluice.compute.Backend;
import dev.sluice.compute.LayerKernels;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The floor under a system's step: the matrix products of one step, of the same shapes in the same
 * order on the same matrices, and nothing else. Which they are is not written down but overheard: a
 * step is made once on a backend that notes them.
 */
final class RecordedProducts implements Workload {
  /** The kernels that are products and nothing else. */
  private static final Set<String> PRODUCTS = Set.of("gemm", "groupedForward", "groupedBackward");

  private final SystemStep step;
  private final List<Runnable> products = new ArrayList<>();
  private boolean listening;

  /**
   * @param open puts the system's step together on a backend
   */
  RecordedProducts(Backend backend, Function<Backend, SystemStep> open) {
    LayerKernels layers = noting(LayerKernels.class, backend.layers(), null);
    step = open.apply(noting(Backend.class, backend, layers));
    listening = true;
    step.step();
    listening = false;
    if (products.isEmpty()) {
      throw new IllegalStateException("a step without a matrix product");
    }
  }

  /** The same kernels, with the products noted while somebody listens. */
  private <K> K noting(Class<K> kernels, K real, @Nullable LayerKernels layers) {
    return kernels.cast(
        Proxy.newProxyInstance(
            kernels.getClassLoader(),
            new Class<?>[] {kernels},
            (proxy, method, arguments) -> {
              if (layers != null && method.getName().equals("layers")) {
                return layers;
              }
              if (listening && PRODUCTS.contains(method.getName())) {
                products.add(() -> call(method, real, arguments));
              }
              return call(method, real, arguments);
            }));
  }

  private static @Nullable Object call(Method method, Object real, Object @Nullable [] arguments) {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException thrown) {
      throw new IllegalStateException(method.getName() + " failed", thrown.getCause());
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  int count() {
    return products.size();
  }

  @Override
  public void step() {
    for (Runnable product : products) {
      product.run();
    }
  }

  @Override
  public void check() {}

  @Override
  public void close() {
    step.close();
  }
}
