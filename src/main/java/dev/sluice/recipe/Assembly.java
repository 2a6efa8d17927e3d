package dev.sluice.recipe;

import dev.sluice.augment.BatchShape;
import dev.sluice.augment.MaskedPairs;
import dev.sluice.augment.PairSource;
import dev.sluice.augment.Views;
import dev.sluice.collapse.CollapseLimits;
import dev.sluice.compute.Backend;
import dev.sluice.data.AnchorSource;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.loss.InfoNce;
import dev.sluice.loss.Negatives;
import dev.sluice.model.SoftThresholdEncoder;
import dev.sluice.optim.LinearDecay;
import dev.sluice.optim.ThresholdSchedule;
import dev.sluice.optim.ThresholdSchedule.Growth;
import dev.sluice.train.Layer;
import dev.sluice.train.StepTrainer;
import dev.sluice.train.Ticker;
import dev.sluice.train.Trainer;
import java.util.List;
import java.util.Map;

/** Puts the Wen and Li learner together over any source of anchors. */
final class Assembly {
  /** Samples of the fixed evaluation batch that is looked at while training. */
  private static final int EVALUATION_SAMPLES = 256;

  /** No detector but divergence speaks before this step. */
  private static final long WARM_UP_STEPS = 200;

  private final LearnerSettings settings;
  private final AnchorSource anchors;
  private final AnchorSource negatives;
  private final Backend backend;

  /**
   * @param negatives draws fresh samples from streams of its own
   */
  Assembly(
      LearnerSettings settings, AnchorSource anchors, AnchorSource negatives, Backend backend) {
    this.settings = settings;
    this.anchors = anchors;
    this.negatives = negatives;
    this.backend = backend;
  }

  Experiment experiment(String source, List<String> notices, Ticker ticker) {
    boolean raw = settings.negatives() == Negatives.RAW;
    boolean truth = anchors.dictionary() != null;
    BatchShape shape =
        BatchShape.of(settings.batch(), anchors.inputs(), raw ? settings.batch() : 0, truth);
    PairSource.Factory pairs =
        () -> new MaskedPairs(backend, settings.seed(), anchors, raw ? negatives : null);
    Layer layer = layer(shape);
    Views views =
        new Views(
            settings.augment() == LearnerSettings.Augment.MASK,
            settings.overlap(),
            settings.keep());
    Trainer trainer =
        StepTrainer.overLayer(
            backend,
            layer,
            new LinearDecay(endRatio(), settings.horizon()),
            anchors,
            pairs.create(),
            views,
            shape,
            EVALUATION_SAMPLES,
            settings.probeBudget(),
            settings.seed(),
            ticker);
    return new Experiment(
        trainer,
        pairs,
        shape,
        knobs(),
        views,
        settings.horizon(),
        settings.defaultSteps(),
        limits(layer),
        truth,
        anchors.tileSide(),
        layer.objective().name(),
        source,
        notices);
  }

  private Layer layer(BatchShape shape) {
    SoftThresholdEncoder encoder =
        new SoftThresholdEncoder(
            backend, anchors.inputs(), settings.neurons(), settings.initialStd(), settings.seed());
    InfoNce objective =
        new InfoNce(backend, settings.negatives(), settings.batch(), shape.negatives());
    ThresholdSchedule schedule =
        new ThresholdSchedule(
            new ThresholdSchedule.Settings(
                settings.thresholdGrowth(),
                settings.stageOne(),
                settings.thresholdStart(),
                settings.thresholdRate(),
                settings.thresholdEnd(),
                settings.thresholdRamp()),
            settings.neurons());
    return new Layer(
        backend,
        encoder,
        objective,
        schedule,
        settings.batch(),
        shape.negatives(),
        settings.normLimit());
  }

  /** The knob of the learning rate moves the whole line, so the schedule keeps only its shape. */
  private double endRatio() {
    if (settings.learningRate() == 0) {
      return 1;
    }
    return settings.learningRateEnd() / settings.learningRate();
  }

  private KnobValues knobs() {
    return new KnobValues(
        Map.of(
            Knob.OVERLAP, settings.overlap(),
            Knob.KEEP, settings.keep(),
            Knob.LEARNING_RATE, settings.learningRate(),
            Knob.TEMPERATURE, settings.temperature(),
            Knob.DECAY, settings.decay(),
            Knob.THRESHOLD_CAP, settings.thresholdCap(),
            Knob.PACE, settings.pace(),
            Knob.PROBE_BUDGET, settings.probeBudget()));
  }

  private CollapseLimits limits(Layer layer) {
    return new CollapseLimits(
        WARM_UP_STEPS,
        settings.thresholdGrowth() == Growth.OFF ? 0 : 2,
        settings.horizon() / 2,
        Math.min(EVALUATION_SAMPLES, settings.neurons()),
        Double.isFinite(layer.objective().lowerBound())
            ? layer.objective().lowerBound()
            : Double.NaN);
  }
}
