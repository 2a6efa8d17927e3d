package dev.sluice.loss;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.Matrix;
import java.util.Locale;
import java.util.Set;

/**
 * A prediction of each view held against the target of the other, {@code L = (l(p0, t1) + l(p1,
 * t0)) / 2}; lower is better:
 *
 * <pre>
 * cosine: l(p, t) = mean_i (2 - 2 cos(p_i, t_i))
 * Euclid: l(p, t) = mean_i |p_i - t_i|^2 / 2</pre>
 *
 * Predictions and targets have shape (B, d). Without the stop-gradient the targets have a gradient
 * too. Nothing is contrasted: a constant embedding has the lowest loss there is.
 *
 * <p>Source: Grill et al. 2020 (BYOL), Chen and He 2021 (SimSiam); the Euclidean form Tian et al.
 * 2021.
 */
public final class Byol implements Objective {
  /** How far a prediction is from its target. */
  public enum Distance {
    COSINE,
    EUCLID
  }

  private final Backend backend;
  private final Distance form;
  private final boolean stopGradient;
  private final int batch;
  private final Scratch scratch;
  private final UnitRows[] directions;

  /**
   * @param stopGradient whether the targets are left without a gradient
   */
  public Byol(Backend backend, Distance form, boolean stopGradient, int batch, int width) {
    this.backend = backend;
    this.form = form;
    this.stopGradient = stopGradient;
    this.batch = batch;
    scratch = new Scratch(backend);
    directions =
        switch (form) {
          case COSINE ->
              new UnitRows[] {
                new UnitRows(backend, scratch, batch, width),
                new UnitRows(backend, scratch, batch, width)
              };
          case EUCLID -> new UnitRows[0];
        };
  }

  @Override
  public String name() {
    String name = "byol-" + form.name().toLowerCase(Locale.ROOT);
    return stopGradient ? name : name + "-no-stop";
  }

  @Override
  public Set<Role> reads() {
    return Roles.of(Role.PREDICTION0, Role.PREDICTION1, Role.TARGET0, Role.TARGET1);
  }

  @Override
  public Set<Role> gives() {
    return stopGradient ? Roles.of(Role.PREDICTION0, Role.PREDICTION1) : reads();
  }

  @Override
  public ContrastStatistics evaluate(Tensors tensors, double temperature) {
    double loss =
        half(tensors, Role.PREDICTION0, Role.TARGET1)
            + half(tensors, Role.PREDICTION1, Role.TARGET0);
    return ContrastStatistics.ofLoss(loss);
  }

  private double half(Tensors tensors, Role prediction, Role target) {
    return switch (form) {
      case COSINE -> cosine(tensors, prediction, target);
      case EUCLID -> euclid(tensors, prediction, target);
    };
  }

  private double cosine(Tensors tensors, Role prediction, Role target) {
    Matrix p = tensors.value(prediction);
    Matrix t = tensors.value(target);
    Matrix unitP = directions[0].forward(p);
    Matrix unitT = directions[1].forward(t);
    Matrix gradientP = tensors.gradient(prediction);
    backend.updates().blend(-1.0 / batch, unitT, 0, gradientP);
    directions[0].backward(p, gradientP);
    if (!stopGradient) {
      Matrix gradientT = tensors.gradient(target);
      backend.updates().blend(-1.0 / batch, unitP, 0, gradientT);
      directions[1].backward(t, gradientT);
    }
    return 1 - backend.objectives().dot(unitP, unitT) / batch;
  }

  private double euclid(Tensors tensors, Role prediction, Role target) {
    Matrix p = tensors.value(prediction);
    Matrix t = tensors.value(target);
    Matrix gradientP = tensors.gradient(prediction);
    backend.updates().blend(0.5 / batch, p, 0, gradientP);
    backend.updates().blend(-0.5 / batch, t, 1, gradientP);
    if (!stopGradient) {
      backend.updates().blend(-1, gradientP, 0, tensors.gradient(target));
    }
    return backend.objectives().squaredDistance(p, t) / (4.0 * batch);
  }

  /** A distance. */
  @Override
  public double lowerBound() {
    return 0;
  }

  @Override
  public void close() {
    scratch.close();
  }
}
