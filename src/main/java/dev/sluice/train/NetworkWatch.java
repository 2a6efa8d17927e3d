package dev.sluice.train;

import dev.sluice.augment.BatchShape;
import dev.sluice.augment.EvaluationBatch;
import dev.sluice.augment.PairBatch;
import dev.sluice.augment.PairSource;
import dev.sluice.augment.Views;
import dev.sluice.compute.Backend;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.Matrix;
import dev.sluice.event.Snapshot;
import dev.sluice.event.StepReport;
import dev.sluice.probe.EffectiveRank;
import dev.sluice.probe.Evaluation;
import dev.sluice.probe.NetworkEvaluation;
import dev.sluice.probe.StepObservation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches a system of networks. It has no un-augmented samples, so the embedding of a sample is
 * that of its first view.
 */
final class NetworkWatch implements Watch {
  /** The step of the first batch that the closing loss is taken on; the others lie below it. */
  private static final long CLOSING_BATCHES = -1000;

  private final Backend backend;
  private final Learner learner;
  private final PairSource pairs;
  private final BatchShape shape;
  private final int latents;
  private final Views views;
  private final StepObservation observation;
  private final EvaluationBatch batch;
  private final NetworkEvaluation evaluation;
  private @Nullable EvaluationBatch closingBatch;
  private @Nullable NetworkEvaluation closingEvaluation;

  /**
   * @param pairs makes evaluation batches; this watch's own
   * @param latents numbers behind a sample that {@code pairs} knows
   */
  NetworkWatch(
      Backend backend,
      Learner learner,
      PairSource pairs,
      Views views,
      BatchShape shape,
      int latents,
      int evaluationSamples) {
    this.backend = backend;
    this.learner = learner;
    this.pairs = pairs;
    this.shape = shape;
    this.latents = latents;
    this.views = views;
    int width = learner.networks().encoder().outputs();
    observation = StepObservation.ofNetworks(width, learner.rowNorms().length);
    batch = EvaluationBatch.ofViews(backend, evaluationSamples, shape.inputs(), latents);
    pairs.fill(views, batch);
    evaluation = new NetworkEvaluation(backend, batch, learner.networks());
  }

  @Override
  public void afterForward(PairBatch pairBatch, ContrastStatistics contrast, double temperature) {
    observation.contrast = contrast;
    observation.temperature = temperature;
    observation.chanceLoss = learner.objective().chance(temperature);
    Matrix embedding0 = learner.pass0().output();
    backend.embeddingMoments(embedding0, observation.anchorMoments);
    backend.pairMoments(embedding0, learner.pass1().output(), observation.pairMoments);
  }

  @Override
  public void afterUpdate(double gradientNorm, double rate, double decay) {
    observation.decay = decay;
    observation.gradientNorm = gradientNorm;
    observation.learningRate = rate;
    double[] norms = learner.rowNorms();
    System.arraycopy(norms, 0, observation.rowNorms, 0, norms.length);
  }

  @Override
  public StepObservation observation() {
    return observation;
  }

  @Override
  public Evaluation at(Views wanted) {
    evaluation.refresh();
    return evaluation;
  }

  @Override
  public Evaluation closing(int samples, Views wanted) {
    closeClosing();
    closingBatch = EvaluationBatch.ofViews(backend, samples, shape.inputs(), latents);
    pairs.fill(views, closingBatch);
    closingEvaluation = new NetworkEvaluation(backend, closingBatch, learner.networks());
    return closingEvaluation;
  }

  @Override
  public StepObservation closingObservation(double temperature) {
    NetworkEvaluation seen = closingEvaluation;
    if (seen == null) {
      throw new IllegalStateException("closing() comes first");
    }
    int n = seen.samples();
    StepObservation closing =
        StepObservation.ofNetworks(observation.neurons(), observation.rowNorms.length);
    closing.closing = true;
    closing.gradientNorm = observation.gradientNorm;
    closing.learningRate = observation.learningRate;
    closing.decay = observation.decay;
    System.arraycopy(observation.rowNorms, 0, closing.rowNorms, 0, observation.rowNorms.length);
    closing.temperature = temperature;
    closing.chanceLoss = learner.objective().chance(temperature);
    closing.contrast = meanOverBatches(n, temperature);
    try (Matrix embedding0 = backend.allocate(n, seen.neurons());
        Matrix embedding1 = backend.allocate(n, seen.neurons())) {
      backend.upload(seen.responses0(), embedding0);
      backend.upload(seen.responses1(), embedding1);
      backend.embeddingMoments(embedding0, closing.anchorMoments);
      backend.pairMoments(embedding0, embedding1, closing.pairMoments);
    }
    return closing;
  }

  /** Over as many whole batches as the samples make, so that they count as many negatives. */
  private ContrastStatistics meanOverBatches(int samples, double temperature) {
    int batches = Math.max(1, samples / shape.pairs());
    double loss = 0;
    double probability = 0;
    double top1 = 0;
    boolean said = true;
    boolean ranked = true;
    try (PairBatch held = new PairBatch(backend, shape)) {
      for (int i = 0; i < batches; i++) {
        pairs.fill(CLOSING_BATCHES - i, views, held);
        learner.look(held);
        ContrastStatistics one = learner.contrast(temperature);
        said &= !StepReport.isAbsent(one.probability());
        ranked &= !StepReport.isAbsent(one.top1());
        loss += one.loss() / batches;
        probability += one.probability() / batches;
        top1 += one.top1() / batches;
      }
    }
    // what the objective does not say is absent in every batch, and a sum would make it NaN
    return new ContrastStatistics(
        loss, said ? probability : StepReport.ABSENT, ranked ? top1 : StepReport.ABSENT);
  }

  @Override
  public List<Snapshot> snapshots(String run, long step, Views wanted) {
    double[] values = EffectiveRank.covarianceSpectrum(at(wanted));
    float[] spectrum = new float[values.length];
    for (int i = 0; i < spectrum.length; i++) {
      spectrum[i] = (float) values[i];
    }
    return List.of(new Snapshot(run, step, Snapshot.Kind.SPECTRUM, 1, spectrum.length, spectrum));
  }

  private void closeClosing() {
    if (closingEvaluation != null) {
      closingEvaluation.close();
      closingEvaluation = null;
    }
    if (closingBatch != null) {
      closingBatch.close();
      closingBatch = null;
    }
  }

  @Override
  public void close() {
    closeClosing();
    evaluation.close();
    batch.close();
  }
}
