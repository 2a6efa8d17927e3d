package dev.sluice.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import org.junit.jupiter.api.Test;

/** A knob moved while a run trains changes what is learned, not only the gauge. */
class MovedKnobTest {
  private static final String ENERGY = "sluice_weight_sparse_energy_ratio";
  private static final String LEAK = "sluice_input_pair_correlation{signal=\"dense\"}";

  /**
   * While the network is linear nothing holds a neuron to its feature, and the weights turn to the
   * noise.
   */
  @Test
  void overlap_movedToOneWhileLinear_makesTheSparseEnergyOfTheWeightsFall() {
    try (TrainedRun moved = Presets.open("wen-li", "lottery-small", "threshold_growth=off");
        TrainedRun left = Presets.open("wen-li", "lottery-small", "threshold_growth=off")) {
      moveOverlap(moved, 200, 701);
      left.to(701);

      assertThat(moved.at(200, LEAK)).as("noise in common as it moves").isGreaterThan(0.98);
      assertThat(moved.at(150, LEAK)).as("noise in common before").isLessThan(0.02);
      double before = moved.at(200, ENERGY);
      assertThat(moved.at(700, ENERGY)).as("500 steps later").isLessThan(before - 0.01);
      assertThat(left.at(700, ENERGY)).as("left alone").isGreaterThan(before + 0.03);
    }
  }

  /**
   * Thresholds hold neurons to what they have won; what is still to be learned is learned less
   * purely.
   */
  @Test
  void overlap_movedToOneInTheLotteryStage_makesItFallBehindTheRunLeftAlone() {
    try (TrainedRun moved = Presets.open("wen-li", "lottery-small");
        TrainedRun left = Presets.open("wen-li", "lottery-small")) {
      moveOverlap(moved, 400, 901);
      left.to(901);

      assertThat(moved.at(350, ENERGY)).isEqualTo(left.at(350, ENERGY));
      assertThat(moved.at(900, ENERGY)).isLessThan(left.at(900, ENERGY) - 0.02);
    }
  }

  private static void moveOverlap(TrainedRun run, long at, long steps) {
    KnobValues start = run.experiment().knobs();
    KnobValues moved = start.with(Knob.OVERLAP, 1);
    run.to(steps, step -> step < at ? start : moved);
  }
}
