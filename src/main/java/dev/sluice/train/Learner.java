package dev.sluice.train;

import dev.sluice.augment.PairBatch;
import dev.sluice.compute.Backend;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.State;
import dev.sluice.compute.Stateful;
import dev.sluice.event.KnobValues;
import dev.sluice.loss.Objective;
import dev.sluice.loss.Role;
import dev.sluice.loss.Tensors;
import dev.sluice.model.Module;
import dev.sluice.model.Networks;
import dev.sluice.model.Parameters;
import dev.sluice.model.Pass;
import dev.sluice.optim.Hook;
import dev.sluice.optim.Optimiser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The training step of every system: networks, objective, optimiser and hooks, over matrices that
 * are allocated once. The step is {@link #forward}, {@link #contrast}, {@link #backward}, {@link
 * #update}, in this order; {@link Trainer} runs it with probes in between, a benchmark without.
 *
 * <p>Where there is no predictor a prediction is the embedding itself, and without a copy of the
 * encoder so is a target. What an objective gives no gradient for is behind a stop-gradient, and
 * nothing is propagated there.
 */
public final class Learner implements Stateful, AutoCloseable {
  private final Backend backend;
  private final Networks networks;
  private final Objective objective;
  private final Optimiser optimiser;
  private final List<Hook> hooks;
  private final Tensors tensors = new Tensors();
  private final Branch branch0;
  private final Branch branch1;
  private final @Nullable Pass negatives;
  private final @Nullable Matrix negativeGradient;

  /**
   * @param batch B, pairs a step
   * @param negativeRows rows of explicit negatives a step, 0 for none
   * @param optimiser of everything that the networks and the objective train
   * @param hooks in the order they are called
   */
  public Learner(
      Backend backend,
      Networks networks,
      Objective objective,
      Optimiser optimiser,
      List<Hook> hooks,
      int batch,
      int negativeRows) {
    this.backend = backend;
    this.networks = networks;
    this.objective = objective;
    this.optimiser = optimiser;
    this.hooks = List.copyOf(hooks);
    branch0 = new Branch(backend, networks, objective, tensors, Branch.FIRST, batch);
    branch1 = new Branch(backend, networks, objective, tensors, Branch.SECOND, batch);
    boolean contrasted = negativeRows > 0 && objective.reads().contains(Role.NEGATIVE);
    negatives = contrasted ? Pass.of(networks.encoder(), negativeRows) : null;
    negativeGradient =
        objective.gives().contains(Role.NEGATIVE)
            ? backend.allocate(negativeRows, networks.encoder().outputs())
            : null;
    if (negatives != null) {
      tensors.value(Role.NEGATIVE, negatives.output());
    }
    if (negativeGradient != null) {
      tensors.gradient(Role.NEGATIVE, negativeGradient);
    }
  }

  /** Everything from the views to what the objective reads. */
  public void forward(PairBatch batch) {
    encode(batch);
    for (Hook hook : hooks) {
      hook.afterEncoding(branch0.embedding(), branch1.embedding());
    }
    predict(batch);
  }

  /** The same without what it leaves for later steps: for a batch that is not trained on. */
  public void look(PairBatch batch) {
    encode(batch);
    predict(batch);
  }

  private void encode(PairBatch batch) {
    branch0.encode(batch.view0());
    branch1.encode(batch.view1());
    Matrix others = batch.negatives();
    if (negatives != null && others != null) {
      negatives.forward(others);
    }
  }

  private void predict(PairBatch batch) {
    branch0.predict();
    branch1.predict();
    tensors.labels(batch.labels());
  }

  /** The loss of the batch and its gradients with respect to what it reads. */
  public ContrastStatistics contrast(double temperature) {
    Parameters.clearGradients(backend, objective.parameters());
    return objective.evaluate(tensors, temperature).consistent();
  }

  /** From the objective's gradients to those of every trained tensor. */
  public void backward() {
    for (Module<?> module : networks.trained()) {
      module.clearGradients(backend);
    }
    branch0.backward();
    branch1.backward();
    if (negatives != null && negativeGradient != null) {
      negatives.backward(negativeGradient, null);
    }
  }

  /**
   * The optimiser, then the hooks.
   *
   * @return norm of the whole gradient, without the decay term
   */
  public double update(double rate, double decay, KnobValues knobs) {
    double gradientNorm = optimiser.update(rate, decay);
    for (Hook hook : hooks) {
      hook.afterUpdate(knobs);
    }
    return gradientNorm;
  }

  public Networks networks() {
    return networks;
  }

  public Objective objective() {
    return objective;
  }

  /** The first views of the batch at hand through the encoder. */
  public Pass pass0() {
    return branch0.encoder();
  }

  /** The second views of the batch at hand through the encoder. */
  public Pass pass1() {
    return branch1.encoder();
  }

  /** Norms of the weight rows after the last update; the optimiser's own array. */
  public double[] rowNorms() {
    return optimiser.rowNorms();
  }

  @Override
  public void save(String path, State state) {
    Parameters.save(path, backend, networks.parameters(), state);
    Parameters.save(path + ".objective", backend, objective.parameters(), state);
    optimiser.save(path + ".optimiser", state);
    for (int i = 0; i < hooks.size(); i++) {
      hooks.get(i).save(path + ".hook" + i, state);
    }
  }

  @Override
  public void load(String path, State state) {
    Parameters.load(path, backend, networks.parameters(), state);
    Parameters.load(path + ".objective", backend, objective.parameters(), state);
    optimiser.load(path + ".optimiser", state);
    for (int i = 0; i < hooks.size(); i++) {
      hooks.get(i).load(path + ".hook" + i, state);
    }
  }

  @Override
  public void close() {
    networks.close();
    objective.close();
    optimiser.close();
    hooks.forEach(Hook::close);
    branch0.close();
    branch1.close();
    if (negatives != null) {
      negatives.close();
    }
    if (negativeGradient != null) {
      negativeGradient.close();
    }
  }
}
