package dev.sluice.probe;

import dev.sluice.augment.EvaluationBatch;
import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import dev.sluice.model.Networks;
import dev.sluice.model.Parameter;
import dev.sluice.model.Pass;
import dev.sluice.model.Tape;

/**
 * A system of networks seen on the fixed evaluation batch. There are no un-augmented samples: the
 * representation of a sample is that of its first view. Batch normalisation uses the statistics of
 * this batch.
 */
public final class NetworkEvaluation extends Evaluation {
  private final Backend backend;
  private final EvaluationBatch batch;
  private final Networks networks;
  private final Pass pass0;
  private final Pass pass1;
  private boolean passed;

  public NetworkEvaluation(Backend backend, EvaluationBatch batch, Networks networks) {
    this.backend = backend;
    this.batch = batch;
    this.networks = networks;
    pass0 = Pass.of(networks.encoder(), batch.samples());
    pass1 = Pass.of(networks.encoder(), batch.samples());
  }

  @Override
  public void refresh() {
    super.refresh();
    passed = false;
  }

  @Override
  public void viewsChanged() {
    super.viewsChanged();
    passed = false;
  }

  @Override
  public int samples() {
    return batch.samples();
  }

  @Override
  public int neurons() {
    return networks.encoder().outputs();
  }

  @Override
  public double[] responses() {
    return responses0();
  }

  @Override
  public double[] responses0() {
    return memo("z0", () -> backend.download(passed(pass0).output()));
  }

  @Override
  public double[] responses1() {
    return memo("z1", () -> backend.download(passed(pass1).output()));
  }

  /** The first views, n x d1. */
  public double[] view0() {
    return memo("x0", () -> backend.download(batch.view0()));
  }

  /** d1. */
  public int inputs() {
    return networks.encoder().inputs();
  }

  /** The encoder's tape of the first views, for what a probe knows to lie there. */
  public Tape tape0() {
    return passed(pass0).tape();
  }

  /** Class of each sample; all 0 where there are none. */
  public int[] labels() {
    return batch.labels();
  }

  /** What is behind each sample, n x d row-major. */
  public double[] latents() {
    double[] latents = batch.latents();
    if (latents == null) {
      throw new IllegalStateException("the latents of this run are not known");
    }
    return latents;
  }

  /** d, numbers behind a sample; 0 where they are not known. */
  public int latentCount() {
    double[] latents = batch.latents();
    return latents == null ? 0 : latents.length / batch.samples();
  }

  public Networks networks() {
    return networks;
  }

  /** The trained tensor of that name, row-major, for example {@code predictor.weight}. */
  public double[] parameter(String name) {
    return memo("parameter " + name, () -> backend.download(parameterNamed(name)));
  }

  private Matrix parameterNamed(String name) {
    for (Parameter parameter : networks.parameters()) {
      if (parameter.name().equals(name)) {
        return parameter.value();
      }
    }
    throw new IllegalArgumentException("there is no tensor " + name);
  }

  /** The backend of the run. */
  public Backend backend() {
    return backend;
  }

  @Override
  public boolean isFinite() {
    for (Parameter parameter : networks.parameters()) {
      for (double value : parameter(parameter.name())) {
        if (!Double.isFinite(value)) {
          return false;
        }
      }
    }
    return true;
  }

  private Pass passed(Pass wanted) {
    if (!passed) {
      pass0.forward(batch.view0());
      pass1.forward(batch.view1());
      passed = true;
    }
    return wanted;
  }

  @Override
  public void close() {
    pass0.close();
    pass1.close();
  }
}
