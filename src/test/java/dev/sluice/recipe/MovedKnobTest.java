package dev.sluice.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import org.junit.jupiter.api.Test;

/** A knob moved while a run trains changes what is learned, not only the gauge. */
class MovedKnobTest {
  private static final String ENERGY = "sluice_weight_sparse_energy_ratio";
  private static final String LEAK = "sluice_input_pair_correlation{signal=\"dense\"}";

  @Test
  void overlap_movedToOneInAMaskedRun_makesTheWeightsTakeUpNoise() {
    try (TrainedRun run = Presets.open("wen-li", "lottery-small")) {
      KnobValues start = run.experiment().knobs();
      KnobValues moved = start.with(Knob.OVERLAP, 1);
      run.to(601, step -> start).to(1101, step -> moved);

      double before = run.at(600, ENERGY);
      double after = run.at(1100, ENERGY);
      assertThat(run.at(600, LEAK)).as("noise in common before").isLessThan(0.02);
      assertThat(run.at(1100, LEAK)).as("noise in common after").isGreaterThan(0.98);
      assertThat(before).as("energy in the features before").isGreaterThan(0.85);
      assertThat(after).as("energy in the features 500 steps later").isLessThan(before - 0.1);
    }
  }
}
