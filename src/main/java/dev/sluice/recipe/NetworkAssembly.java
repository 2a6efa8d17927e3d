package dev.sluice.recipe;

import dev.sluice.augment.BatchShape;
import dev.sluice.augment.DrawnPairs;
import dev.sluice.augment.Views;
import dev.sluice.collapse.CollapseLimits;
import dev.sluice.compute.Backend;
import dev.sluice.compute.Statistics;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.loss.Objective;
import dev.sluice.model.Networks;
import dev.sluice.model.Parameter;
import dev.sluice.optim.Adam;
import dev.sluice.optim.ConstantRate;
import dev.sluice.optim.Hook;
import dev.sluice.optim.Optimiser;
import dev.sluice.optim.RateSchedule;
import dev.sluice.optim.Sgd;
import dev.sluice.probe.HealthProbe;
import dev.sluice.probe.Probe;
import dev.sluice.train.Learner;
import dev.sluice.train.StepTrainer;
import dev.sluice.train.Ticker;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Puts a system of networks together: source and pairing, networks, objective, optimiser, hooks and
 * probes, of which a recipe says what is its own.
 */
final class NetworkAssembly {
  /** Samples of the fixed evaluation batch that is looked at while training. */
  private static final int EVALUATION_SAMPLES = 512;

  private final RunSettings run;
  private final Backend backend;
  private final Supplier<DrawnPairs> pairs;
  private final Networks networks;
  private final Objective objective;
  private final List<Hook> hooks = new ArrayList<>();
  private final List<Probe> probes = new ArrayList<>();
  private final Map<Knob, Double> knobs = new EnumMap<>(Knob.class);
  private Optimiser optimiser;
  private RateSchedule rate = new ConstantRate();
  private boolean predictorIsTrained = true;
  private long warmUpSteps = 100;
  private int dimensions;
  private double spreadFall = CollapseLimits.SPREAD_FALL;
  private int patience = CollapseLimits.PATIENCE;
  private double normFall = CollapseLimits.NORM_FALL;

  /**
   * With plain SGD at a constant rate, until told otherwise.
   *
   * @param pairs makes a pair source for each thread that fills batches
   */
  NetworkAssembly(
      RunSettings run,
      Backend backend,
      Supplier<DrawnPairs> pairs,
      Networks networks,
      Objective objective) {
    this.run = run;
    this.backend = backend;
    this.pairs = pairs;
    this.networks = networks;
    this.objective = objective;
    dimensions = Math.min(EVALUATION_SAMPLES, networks.encoder().outputs());
    optimiser = new Sgd(backend, 0, parameters());
    probes.add(new HealthProbe());
    knobs.put(Knob.LEARNING_RATE, run.learningRate());
    knobs.put(Knob.DECAY, run.decay());
    knobs.put(Knob.PACE, run.pace());
    knobs.put(Knob.PROBE_BUDGET, run.probeBudget());
  }

  private List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (Parameter parameter : networks.parameters()) {
      if (predictorIsTrained || !parameter.name().startsWith("predictor.")) {
        parameters.add(parameter);
      }
    }
    parameters.addAll(objective.parameters());
    return parameters;
  }

  NetworkAssembly momentum(double momentum) {
    optimiser.close();
    optimiser = new Sgd(backend, momentum, parameters());
    return this;
  }

  NetworkAssembly adam() {
    optimiser.close();
    optimiser = new Adam(backend, parameters());
    return this;
  }

  NetworkAssembly rate(RateSchedule schedule) {
    rate = schedule;
    return this;
  }

  /** Only objectives that read a temperature have the knob. */
  NetworkAssembly temperature(double temperature) {
    knobs.put(Knob.TEMPERATURE, temperature);
    return this;
  }

  /** With plain SGD for all but the predictor, which a hook sets. */
  NetworkAssembly fixedPredictor(Hook hook) {
    predictorIsTrained = false;
    hooks.add(hook);
    return momentum(0);
  }

  NetworkAssembly hook(Hook hook) {
    hooks.add(hook);
    return this;
  }

  NetworkAssembly probe(Probe probe) {
    probes.add(probe);
    return this;
  }

  /** No detector but divergence speaks before this step. */
  NetworkAssembly warmUp(long steps) {
    warmUpSteps = steps;
    return this;
  }

  /**
   * A healthy run gives up all but one of its dimensions, or may, which ends the watch for
   * dimensional collapse.
   */
  NetworkAssembly lowRank() {
    dimensions = 1;
    return this;
  }

  /** As {@link CollapseLimits#spreadFall}. */
  NetworkAssembly spreadFall(double share) {
    spreadFall = share;
    return this;
  }

  /** As {@link CollapseLimits#patience}. */
  NetworkAssembly patience(int evaluations) {
    patience = evaluations;
    return this;
  }

  /** The objective reads directions alone, so that norms may fall as they like. */
  NetworkAssembly directionsOnly() {
    normFall = 0;
    return this;
  }

  Experiment experiment(String source, Ticker ticker) {
    DrawnPairs own = pairs.get();
    BatchShape shape = own.shape(run.batch());
    Learner learner =
        new Learner(backend, networks, objective, optimiser, hooks, run.batch(), shape.negatives());
    StepTrainer trainer =
        StepTrainer.overNetworks(
            backend,
            learner,
            rate,
            own,
            Views.unmasked(),
            shape,
            own.latents(),
            probes,
            EVALUATION_SAMPLES,
            run.probeBudget(),
            ticker);
    return new Experiment(
        trainer,
        pairs::get,
        shape,
        new KnobValues(knobs),
        Views.unmasked(),
        run.horizon(),
        run.defaultSteps(),
        limits(),
        false,
        0,
        objective.name(),
        source,
        List.of());
  }

  private CollapseLimits limits() {
    double bound = objective.lowerBound();
    return new CollapseLimits(
        warmUpSteps,
        0,
        run.horizon() / 2,
        dimensions,
        Double.isFinite(bound) ? bound : Double.NaN,
        spreadFall,
        patience,
        normFall,
        firstWeightNorm());
  }

  private double firstWeightNorm() {
    double largest = 0;
    for (Parameter parameter : networks.parameters()) {
      if (parameter.isWeight()) {
        int columns = parameter.value().columns();
        double[] weights = backend.download(parameter.value());
        for (int at = 0; at < weights.length; at += columns) {
          largest = Math.max(largest, Statistics.dot(weights, at, weights, at, columns));
        }
      }
    }
    return Math.sqrt(largest);
  }
}
