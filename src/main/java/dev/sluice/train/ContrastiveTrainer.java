package dev.sluice.train;

import dev.sluice.augment.BatchShape;
import dev.sluice.augment.PairBatch;
import dev.sluice.augment.PairSource;
import dev.sluice.augment.Views;
import dev.sluice.compute.Backend;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.data.AnchorSource;
import dev.sluice.data.Dictionary;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.event.Series;
import dev.sluice.event.Snapshot;
import dev.sluice.optim.LinearDecay;
import dev.sluice.probe.Evaluation;
import dev.sluice.probe.ProbeShape;
import dev.sluice.probe.Probes;
import dev.sluice.probe.StepObservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the training step of one run and the probes that are due. One thread at a time.
 *
 * <p>Measures of step s are taken with the weights that step s starts from, between its forward
 * pass and its update; only what describes the update itself (gradient, norms, thresholds) comes
 * after it.
 */
public final class ContrastiveTrainer implements Trainer {
  private final Learner learner;
  private final LinearDecay rate;
  private final Views views;
  private final StepObserver observer;
  private final Monitor monitor;
  private final ClosingEvaluation closing;
  private final ProbeRunner probes;
  private final Counts counts = new Counts();
  private final Phases phases = new Phases();
  private final Ticker ticker;
  private final List<Series> series = new ArrayList<>();
  private final int ownSlots;
  private Views viewsInForce;
  private long nextStep;

  ContrastiveTrainer(
      Learner learner,
      LinearDecay rate,
      Views views,
      StepObserver observer,
      Monitor monitor,
      ClosingEvaluation closing,
      ProbeRunner probes,
      Ticker ticker) {
    this.learner = learner;
    this.rate = rate;
    this.views = views;
    viewsInForce = views;
    this.observer = observer;
    this.monitor = monitor;
    this.closing = closing;
    this.probes = probes;
    this.ticker = ticker;
    series.addAll(probes.series());
    ownSlots = series.size();
    series.addAll(TrainerSeries.all());
  }

  /**
   * A trainer with the probes that fit its data.
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
  public static ContrastiveTrainer over(
      Backend backend,
      Learner learner,
      LinearDecay rate,
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
        new ProbeShape(
            shape.pairs(),
            shape.inputs(),
            learner.encoder().neurons(),
            dictionary == null ? 0 : dictionary.features(),
            shape.probeRows(),
            evaluationSamples,
            source.tileSide());
    return new ContrastiveTrainer(
        learner,
        rate,
        views,
        new StepObserver(backend, learner, shape),
        new Monitor(backend, pairs, source, learner.encoder(), evaluationSamples, views),
        new ClosingEvaluation(backend, pairs, source, learner, shape.pairs()),
        new ProbeRunner(Probes.forRun(probeShape, source, seed), probeShape, probeBudget),
        ticker);
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
    double temperature = knobs.get(Knob.TEMPERATURE);
    double learningRate = rate.at(nextStep, knobs.get(Knob.LEARNING_RATE));
    double decay = knobs.get(Knob.DECAY);

    final long started = ticker.nanos();
    learner.forward(batch);
    ContrastStatistics contrast = learner.contrast(temperature);
    final long forwarded = ticker.nanos();

    observer.afterForward(batch, contrast, temperature);
    probes.plan(knobs.get(Knob.PROBE_BUDGET));
    viewsInForce = views.at(knobs);
    if (probes.anyEvaluationDue(nextStep)) {
      Evaluation evaluation = monitor.at(viewsInForce);
      probes.evaluate(nextStep, evaluation, values);
    }
    final long watched = ticker.nanos();

    learner.backward(batch);
    final long returned = ticker.nanos();
    final double gradientNorm = learner.update(learningRate, decay, knobs.get(Knob.THRESHOLD_CAP));
    final long updated = ticker.nanos();

    observer.afterUpdate(gradientNorm, learningRate);
    probes.observe(observer.observation(), values);
    counts.add(observer.observation());
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
    Evaluation evaluation = closing.at(samples, views.at(knobs));
    probes.evaluateAll(evaluation, values);
    StepObservation observation = observer.closing();
    closing.observe(observation, knobs.get(Knob.TEMPERATURE));
    probes.observe(observation, values);
    writeOwn(knobs, values);
  }

  @Override
  public Map<String, String> disabledProbes() {
    return probes.disabled();
  }

  @Override
  public List<Snapshot> snapshots(String run) {
    return Snapshots.of(run, nextStep, monitor.at(viewsInForce));
  }

  private void writeOwn(KnobValues knobs, double[] values) {
    int slot = ownSlots;
    values[slot++] = views.masked() ? knobs.get(Knob.OVERLAP) : 1;
    values[slot++] = views.masked() ? knobs.get(Knob.KEEP) : 1;
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
    closing.close();
    monitor.close();
    observer.close();
    learner.close();
  }
}
