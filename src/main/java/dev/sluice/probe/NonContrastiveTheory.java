package dev.sluice.probe;

/**
 * What the linear theory says of a method without negatives: encoder W and predictor Wp linear,
 * inputs N(0, I), views with noise of variance sigma^2, loss 1/2 |Wp f1 - sg(f2)|^2 both ways, one
 * rate and one weight decay eta for all, plain SGD.
 *
 * <p>Source: after Tian, Chen and Ganguli 2021, arXiv 2102.06810; the constants are of this
 * discrete, symmetric setting.
 */
public final class NonContrastiveTheory {
  private NonContrastiveTheory() {}

  /**
   * What |W| is multiplied with in a step when there is no predictor: below 1, so it collapses.
   *
   * @param rate learning rate
   * @param noiseVariance sigma^2 of a view
   * @param stopGradient whether the target's branch has no gradient; without it twice as fast
   * @param decay eta
   */
  public static double normDecay(
      double rate, double noiseVariance, boolean stopGradient, double decay) {
    return 1 - rate * ((stopGradient ? 1 : 2) * noiseVariance + decay);
  }

  /**
   * The stable eigenvalue p of Wp at rest: [tau + sqrt(tau^2 - 4 eta (1 + sigma^2))] / (2 (1 +
   * sigma^2)). NaN above {@link #collapseThreshold}: there is none but 0.
   *
   * @param decay eta
   * @param ratio tau, how far the target lags behind: 1 at rest and without a moving average
   */
  public static double fixedPoint(double decay, double noiseVariance, double ratio) {
    double energy = 1 + noiseVariance;
    return (ratio + Math.sqrt(ratio * ratio - 4 * decay * energy)) / (2 * energy);
  }

  /** The weight decay above which everything collapses, 1 / (4 (1 + sigma^2)), with tau = 1. */
  public static double collapseThreshold(double noiseVariance) {
    return 1 / (4 * (1 + noiseVariance));
  }

  /** Eigenvalue of the second moments F of a view's embeddings at rest, (1 + sigma^2) p^2. */
  public static double momentEigenvalue(double noiseVariance, double fixedPoint) {
    return (1 + noiseVariance) * fixedPoint * fixedPoint;
  }
}
