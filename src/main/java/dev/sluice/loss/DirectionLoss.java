package dev.sluice.loss;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.Matrix;
import dev.sluice.model.Parameter;
import java.util.List;
import java.util.Set;

/**
 * The way from the earlier view to the later one held against one direction for all, which is
 * trained with it: {@code L = weight mean_i (1 - cos(z1_i - z0_i, direction))}, lower is better.
 * Embeddings have shape (B, d). A pair that does not move has a cosine of 0 and no gradient.
 *
 * <p>Source: Zhao et al. 2020 (LSSL), in the form of a later program of the same group.
 */
public final class DirectionLoss implements Objective {
  private final Backend backend;
  private final int batch;
  private final double weight;
  private final Parameter direction;
  private final Scratch scratch;
  private final Matrix way;
  private final Matrix wayGradient;
  private final Matrix meanWay;
  private final Matrix directionGradient;
  private final UnitRows ways;
  private final UnitRows directions;

  /**
   * @param weight lambda, at least 0
   * @param start of the direction, length d, not zero: it could not turn from there
   */
  public DirectionLoss(Backend backend, int batch, double weight, double[] start) {
    Require.notNegative("the weight", weight);
    Require.positive("the squared length of the direction", squaredLength(start));
    this.backend = backend;
    this.batch = batch;
    this.weight = weight;
    int width = start.length;
    direction = Parameter.of(backend, "direction", 1, width);
    backend.upload(start, direction.value());
    scratch = new Scratch(backend);
    way = scratch.matrix(batch, width);
    wayGradient = scratch.matrix(1, width);
    meanWay = scratch.matrix(1, width);
    directionGradient = scratch.matrix(1, width);
    ways = new UnitRows(backend, scratch, batch, width);
    directions = new UnitRows(backend, scratch, 1, width);
  }

  private static double squaredLength(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }

  @Override
  public String name() {
    return "direction";
  }

  @Override
  public Set<Role> reads() {
    return Roles.EMBEDDINGS;
  }

  @Override
  public Set<Role> gives() {
    return Roles.EMBEDDINGS;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(direction);
  }

  @Override
  public ContrastStatistics evaluate(Tensors tensors, double temperature) {
    Matrix gradient0 = tensors.gradient(Role.EMBEDDING0);
    Matrix gradient1 = tensors.gradient(Role.EMBEDDING1);
    backend.updates().blend(1, tensors.value(Role.EMBEDDING1), 0, way);
    backend.updates().blend(-1, tensors.value(Role.EMBEDDING0), 1, way);
    Matrix unitWay = ways.forward(way);
    Matrix unitDirection = directions.forward(direction.value());
    backend.layers().columnSums(unitWay, 0, meanWay);
    double cosine = backend.objectives().dot(meanWay, unitDirection) / batch;

    backend.updates().blend(-weight / batch, unitDirection, 0, wayGradient);
    backend.updates().blend(0, way, 0, gradient1);
    backend.layers().addRow(wayGradient, gradient1);
    ways.backward(way, gradient1);
    backend.updates().blend(-1, gradient1, 0, gradient0);

    backend.updates().blend(-weight / batch, meanWay, 0, directionGradient);
    directions.backward(direction.value(), directionGradient);
    backend.updates().blend(1, directionGradient, 1, direction.gradient());
    return ContrastStatistics.ofLoss(weight * (1 - cosine));
  }

  /** A cosine is at most 1. */
  @Override
  public double lowerBound() {
    return 0;
  }

  @Override
  public void close() {
    direction.close();
    scratch.close();
  }
}
