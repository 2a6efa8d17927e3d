package dev.sluice.verticle;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands out matrices that hold nothing and counts those not closed. */
final class FakeBackend {
  final AtomicInteger open = new AtomicInteger();

  Backend backend() {
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("allocate")) {
                throw new UnsupportedOperationException(method.getName());
              }
              open.incrementAndGet();
              return new Empty((int) arguments[0], (int) arguments[1]);
            });
  }

  private final class Empty implements Matrix {
    private final int rows;
    private final int columns;
    private boolean closed;

    Empty(int rows, int columns) {
      this.rows = rows;
      this.columns = columns;
    }

    @Override
    public int rows() {
      return rows;
    }

    @Override
    public int columns() {
      return columns;
    }

    @Override
    public void close() {
      if (closed) {
        throw new IllegalStateException("closed twice");
      }
      closed = true;
      open.decrementAndGet();
    }
  }
}
