package dev.sluice.recipe;

import dev.sluice.augment.GrowthPairs;
import dev.sluice.compute.Backend;
import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import dev.sluice.data.GrowingBlobs;
import dev.sluice.loss.DirectionLoss;
import dev.sluice.loss.Reconstruction;
import dev.sluice.loss.Sum;
import dev.sluice.model.Module;
import dev.sluice.model.Networks;
import dev.sluice.model.Sequential;
import dev.sluice.probe.DirectionProbe;
import dev.sluice.train.Ticker;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An autoencoder that sees a subject twice and is asked to move along one learned direction as the
 * subject ages: the direction then shows the age of anybody.
 */
public final class Longitudinal implements Recipe<LongitudinalSettings> {
  private static final double PIXEL_NOISE = 0.02;
  private static final int PIXELS = GrowingBlobs.SIDE * GrowingBlobs.SIDE;

  /** Index of the direction's first values, beyond those of the networks. */
  private static final long DIRECTION_TENSOR = 100;

  @Override
  public String name() {
    return "lssl";
  }

  @Override
  public String paper() {
    return "Zhao et al. 2020, arXiv 2006.06930";
  }

  @Override
  public String claim() {
    return "Asked to move along one direction between two times, an autoencoder learns a direction that shows the age.";
  }

  @Override
  public Class<LongitudinalSettings> settingsType() {
    return LongitudinalSettings.class;
  }

  @Override
  public List<Preset> presets() {
    return List.of(
        preset("growth", "weight 0.1 of the direction", "0.1"),
        preset("growth-weak", "weight 0.02", "0.02"),
        preset("growth-strong", "weight 1: all variance goes along the direction", "1"),
        preset("growth-plain", "the autoencoder alone, for comparison", "0"));
  }

  private static Preset preset(String name, String description, String weight) {
    return new Preset(name, description, Map.of("direction_weight", weight), 1, List.of());
  }

  @Override
  public Experiment open(LongitudinalSettings settings, Backend backend, Ticker ticker) {
    long seed = settings.run().seed();
    int batch = settings.run().batch();
    double[] start = start(seed, settings.outputs());
    DirectionLoss direction = new DirectionLoss(backend, batch, settings.directionWeight(), start);
    GrowingBlobs blobs = new GrowingBlobs(seed);
    Networks networks =
        new Networks(
            perceptron(backend, seed, 0, PIXELS, settings.hidden(), settings.outputs()),
            null,
            null,
            perceptron(backend, seed, 4, settings.outputs(), settings.hidden(), PIXELS));
    Supplier<double[]> learned =
        settings.directionWeight() > 0
            ? () -> backend.download(direction.parameters().get(0).value())
            : () -> new double[settings.outputs()];
    NetworkAssembly assembly =
        new NetworkAssembly(
                settings.run(),
                backend,
                () -> new GrowthPairs(backend, seed, blobs, PIXEL_NOISE),
                networks,
                new Sum("lssl", List.of(new Reconstruction(backend), direction)))
            .adam()
            .probe(
                new DirectionProbe(
                    learned,
                    GrowingBlobs.FIRST_AGE,
                    GrowingBlobs.CENTRE_X,
                    GrowingBlobs.AMPLITUDE - GrowingBlobs.CENTRE_X + 1));
    if (settings.directionWeight() > 0) {
      // embeddings are drawn out along one direction, far from the origin: their rank and the
      // spread of what is scaled to length 1 fall by design
      assembly.lowRank().spreadFall(0);
    }
    return assembly.experiment("growing-blobs", ticker);
  }

  private static double[] start(long seed, int width) {
    CounterStream stream = new CounterStream(seed, Purpose.WEIGHTS, DIRECTION_TENSOR);
    double[] start = new double[width];
    for (int i = 0; i < width; i++) {
      start[i] = stream.gaussian(i);
    }
    return start;
  }

  private static Module<?> perceptron(Backend backend, long seed, long tensor, int... widths) {
    return new Sequential(
        backend, Perceptron.layers(backend, Perceptron.Start.HE, seed, tensor, 0, widths));
  }
}
