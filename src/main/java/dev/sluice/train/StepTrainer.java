package dev.sluice.train;

import dev.sluice.augment.BatchShape;
import dev.sluice.augment.PairBatch;
import dev.sluice.augment.PairSource;
import dev.sluice.augment.Views;
import dev.sluice.compute.Backend;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.State;
import dev.sluice.data.AnchorSource;
import dev.sluice.data.Dictionary;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.event.Series;
import dev.sluice.event.Snapshot;
import dev.sluice.event.StepReport;
import dev.sluice.optim.RateSchedule;
import dev.sluice.probe.Probe;
import dev.sluice.probe.ProbeShape;
import dev.sluice.probe.Probes;
import dev.sluice.probe.StepObservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs the training step of one run and the probes that are due. One thread at a time.
 *
 * <p>Measures of step s are taken with the weights that step s starts from, between its forward
 * pass and its update; only what describes the update itself (gradient, norms, thresholds) comes
 * after it.
 */
public final class StepTrainer implements Trainer {
  private final Learner learner;
  private final RateSchedule rate;
  private final Views views;
  private final Watch watch;
  private final ProbeRunner probes;
  private final Counts counts = new Counts();
  private final Phases phases = new Phases();
  private final Ticker ticker;
  private final List<Series> series = new ArrayList<>();
  private final int ownSlots;
  private Views viewsInForce;
  private long nextStep;

  StepTrainer(
      Learner learner,
      RateSchedule rate,
      Views views,
      Watch watch,
      ProbeRunner probes,
      Ticker ticker) {
    this.learner = learner;
    this.rate = rate;
    this.views = views;
    viewsInForce = views;
    this.watch = watch;
    this.probes = probes;
    this.ticker = ticker;
    series.addAll(probes.series());
    ownSlots = series.size();
    series.addAll(TrainerSeries.all());
  }

  /**
   * A trainer of one layer of soft-threshold neurons, with the probes that fit its data.
   *
   * @param rate shape of the learning rate over the steps; its height is a knob
   * @param source of the anchors, for what is known about them
   * @param pairs makes evaluation batches; this trainer's own
   * @param views the augmentation at the start; overlap and keep follow the knobs
   * @param shape of the batches that {@link #step} will be given
   * @param evaluationSamples of the fixed evaluation batch
   * @param probeBudget share of the step's flops that measuring may cost
   * @param seed of what probes draw
   */
  public static StepTrainer overLayer(
      Backend backend,
      Layer layer,
      RateSchedule rate,
      AnchorSource source,
      PairSource pairs,
      Views views,
      BatchShape shape,
      int evaluationSamples,
      double probeBudget,
      long seed,
      Ticker ticker) {
    Dictionary dictionary = source.dictionary();
    ProbeShape probeShape =
        ProbeShape.ofLayer(
            shape.pairs(),
            shape.inputs(),
            layer.encoder().neurons(),
            dictionary == null ? 0 : dictionary.features(),
            shape.probeRows(),
            evaluationSamples,
            source.tileSide());
    return new StepTrainer(
        layer.learner(),
        rate,
        views,
        new LayerWatch(backend, layer, source, pairs, views, shape, evaluationSamples),
        new ProbeRunner(Probes.forLayer(probeShape, source, seed), probeShape, probeBudget),
        ticker);
  }

  /**
   * A trainer of a system of networks.
   *
   * @param pairs makes evaluation batches; this trainer's own
   * @param views of the run; its systems have no masks to move
   * @param latents numbers behind a sample that {@code pairs} knows
   * @param own the system's probes, beside those of any representation
   */
  public static StepTrainer overNetworks(
      Backend backend,
      Learner learner,
      RateSchedule rate,
      PairSource pairs,
      Views views,
      BatchShape shape,
      int latents,
      List<Probe> own,
      int evaluationSamples,
      double probeBudget,
      Ticker ticker) {
    ProbeShape probeShape =
        new ProbeShape(
            shape.pairs(),
            shape.inputs(),
            learner.networks().encoder().outputs(),
            0,
            0,
            evaluationSamples,
            0,
            learner.networks().stepFlops(shape.pairs(), shape.negatives()),
            learner.networks().encoder().flops());
    return new StepTrainer(
        learner,
        rate,
        views,
        new NetworkWatch(backend, learner, pairs, views, shape, latents, evaluationSamples),
        new ProbeRunner(Probes.forNetworks(own), probeShape, probeBudget),
        ticker);
  }

  /** The bare step, for those that measure it. */
  public Learner learner() {
    return learner;
  }

  @Override
  public List<Series> series() {
    return List.copyOf(series);
  }

  @Override
  public Map<String, Integer> cadences() {
    return probes.cadences();
  }

  @Override
  public long nextStep() {
    return nextStep;
  }

  @Override
  public void step(PairBatch batch, KnobValues knobs, double[] values) {
    if (batch.step() != nextStep) {
      throw new IllegalArgumentException(
          "the batch of step " + nextStep + " is due, given that of step " + batch.step());
    }
    double temperature = temperature(knobs);
    double learningRate = rate.at(nextStep, knobs.get(Knob.LEARNING_RATE));
    double decay = knobs.get(Knob.DECAY);

    final long started = ticker.nanos();
    learner.forward(batch);
    ContrastStatistics contrast = learner.contrast(temperature);
    final long forwarded = ticker.nanos();

    watch.afterForward(batch, contrast, temperature);
    probes.plan(knobs.get(Knob.PROBE_BUDGET));
    viewsInForce = views.at(knobs);
    if (probes.anyEvaluationDue(nextStep)) {
      probes.evaluate(nextStep, watch.at(viewsInForce), values);
    }
    final long watched = ticker.nanos();

    learner.backward();
    final long returned = ticker.nanos();
    final double gradientNorm = learner.update(learningRate, decay, knobs);
    final long updated = ticker.nanos();

    watch.afterUpdate(gradientNorm, learningRate, decay);
    probes.observe(watch.observation(), values);
    counts.add(watch.observation());
    final long observed = ticker.nanos();

    phases.forward(forwarded - started);
    phases.backward(returned - watched);
    phases.update(updated - returned);
    phases.probe(watched - forwarded + observed - updated);
    writeOwn(knobs, values);
    nextStep++;
  }

  @Override
  public void evaluate(int samples, KnobValues knobs, double[] values) {
    probes.evaluateAll(watch.closing(samples, views.at(knobs)), values);
    StepObservation observation = watch.closingObservation(temperature(knobs));
    probes.observe(observation, values);
    writeOwn(knobs, values);
  }

  @Override
  public Map<String, String> disabledProbes() {
    return probes.disabled();
  }

  @Override
  public List<Snapshot> snapshots(String run) {
    return watch.snapshots(run, nextStep, viewsInForce);
  }

  @Override
  public State state() {
    State state = new State();
    state.putCounts("step", nextStep);
    learner.save("model", state);
    watch.observation().save("observation", state);
    probes.save("probes", state);
    counts.save("counts", state);
    phases.save("phases", state);
    return state;
  }

  @Override
  public void restore(State state) {
    requireOwn(state);
    learner.load("model", state);
    watch.observation().load("observation", state);
    probes.load("probes", state);
    counts.load("counts", state);
    phases.load("phases", state);
    nextStep = state.getCounts("step", 1)[0];
  }

  /** Before anything is taken over, so that a trainer is never half another. */
  private void requireOwn(State state) {
    State own = state();
    if (!state.lengths().equals(own.lengths())) {
      Map<String, Integer> unknown = new TreeMap<>(state.lengths());
      unknown.entrySet().removeAll(own.lengths().entrySet());
      Map<String, Integer> lacking = new TreeMap<>(own.lengths());
      lacking.entrySet().removeAll(state.lengths().entrySet());
      throw new IllegalArgumentException(
          "the state is of other settings: beyond these it has "
              + unknown
              + ", it lacks "
              + lacking
              + " (arrays with their lengths)");
    }
  }

  /** Where an objective knows no temperature it is not read, and not reported. */
  private static double temperature(KnobValues knobs) {
    return knobs.get(Knob.TEMPERATURE, StepReport.ABSENT);
  }

  private void writeOwn(KnobValues knobs, double[] values) {
    int slot = ownSlots;
    // an augmentation of another kind has no overlap, an absent one has it all
    double withoutMasks = knobs.has(Knob.OVERLAP) ? 1 : StepReport.ABSENT;
    values[slot++] = views.masked() ? knobs.get(Knob.OVERLAP) : withoutMasks;
    values[slot++] = views.masked() ? knobs.get(Knob.KEEP) : withoutMasks;
    values[slot++] = counts.loss;
    values[slot++] = counts.gradient;
    values[slot++] = counts.activation;
    values[slot++] = counts.weight;
    values[slot++] = probes.disabled().size();
    phases.write(values, slot);
  }

  @Override
  public void close() {
    probes.close();
    watch.close();
    learner.close();
  }
}
