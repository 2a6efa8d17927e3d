package dev.sluice.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.augment.PairBatch;
import dev.sluice.augment.Views;
import dev.sluice.event.CollapseKind;
import dev.sluice.event.Control;
import dev.sluice.event.Knob;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunState;
import dev.sluice.event.Snapshot;
import dev.sluice.event.StepReport;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusCodecsTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    StreamFixture.get(vertx.close());
  }

  private static List<Object> messages() {
    FakeRun run = new FakeRun("a");
    return List.of(
        new StepReport("a", 0, 0, run.layout(), run.layout().emptyValues()),
        new Snapshot("a", 0, Snapshot.Kind.SPECTRUM, 1, 1, new float[1]),
        new PairRequest(0, new Views(true, 0, 0.5)),
        new PairFailure(0, "-"),
        new PairBatch(run.memory.backend(), FakeRun.SHAPE),
        new Control.MoveKnob(Knob.PACE, 1),
        new Control.Pause(),
        new Control.Resume(),
        new Control.Stop(),
        new RunEvent.Started(run.request().info()),
        new RunEvent.KnobChanged("a", 0, 0, Knob.PACE, 0, 1),
        new RunEvent.StageEntered("a", 0, 0, 1),
        new RunEvent.PeaksRestarted("a", 0, 0),
        new RunEvent.CollapseChanged(
            "a", 0, 0, CollapseKind.NEURON, RunEvent.CollapseChanged.Severity.CLEAR, "-"),
        new RunEvent.StateChanged("a", 0, 0, RunState.PAUSED, ""));
  }

  @Test
  void everything_of_ours_crosses_the_bus_as_the_object_itself() {
    BusCodecs.register(vertx);
    BusCodecs.register(vertx);
    vertx
        .eventBus()
        .localConsumer("echo", message -> message.reply(message.body(), BusCodecs.LOCAL));

    for (Object message : messages()) {
      Message<Object> echo =
          StreamFixture.get(vertx.eventBus().request("echo", message, BusCodecs.LOCAL));
      assertThat(echo.body()).isSameAs(message);
    }
  }
}
