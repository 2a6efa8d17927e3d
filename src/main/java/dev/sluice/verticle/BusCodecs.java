package dev.sluice.verticle;

import dev.sluice.augment.PairBatch;
import dev.sluice.event.Control;
import dev.sluice.event.RunEvent;
import dev.sluice.event.Snapshot;
import dev.sluice.event.StepReport;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets everything of ours cross the bus by reference: what crosses it is immutable, or a buffer
 * that changes hands. Copying a batch instead would cost up to 20 ms.
 */
public final class BusCodecs {
  /** Nothing of ours leaves the process. */
  static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

  private static final String REGISTERED = "sluice.codecs";

  private BusCodecs() {}

  /** Registers the codecs; a second call for the same Vert.x does nothing. */
  public static void register(Vertx vertx) {
    if (vertx.sharedData().getLocalMap(REGISTERED).putIfAbsent(REGISTERED, true) != null) {
      return;
    }
    EventBus bus = vertx.eventBus();
    List.of(StepReport.class, Snapshot.class, PairRequest.class, PairBatch.class, PairFailure.class)
        .forEach(type -> register(bus, type));
    Stream.of(RunEvent.class, Control.class)
        .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
        .forEach(type -> register(bus, type));
  }

  private static <T> void register(EventBus bus, Class<T> type) {
    bus.registerDefaultCodec(type, new ByReference<>(type));
  }

  /** Hands over the object itself. */
  private static final class ByReference<T> implements MessageCodec<T, T> {
    private final String name;

    ByReference(Class<T> type) {
      name = "sluice." + type.getName();
    }

    @Override
    public T transform(T message) {
      return message;
    }

    @Override
    public void encodeToWire(Buffer buffer, T message) {
      throw new UnsupportedOperationException(name + " does not leave the process");
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
      throw new UnsupportedOperationException(name + " does not come from another process");
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public byte systemCodecID() {
      return -1;
    }
  }
}
