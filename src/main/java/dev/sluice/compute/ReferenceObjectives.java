package dev.sluice.compute;

final class ReferenceObjectives implements ObjectiveKernels {

  @Override
  public double squaredNorm(Matrix matrix) {
    throw new UnsupportedOperationException("squaredNorm");
  }

  @Override
  public double squaredDistance(Matrix a, Matrix b) {
    throw new UnsupportedOperationException("squaredDistance");
  }

  @Override
  public double dot(Matrix a, Matrix b) {
    throw new UnsupportedOperationException("dot");
  }

  @Override
  public double shiftDiagonal(Matrix square, double by) {
    throw new UnsupportedOperationException("shiftDiagonal");
  }

  @Override
  public void clearDiagonal(Matrix square) {
    throw new UnsupportedOperationException("clearDiagonal");
  }

  @Override
  public void centreColumns(Matrix source, Matrix target) {
    throw new UnsupportedOperationException("centreColumns");
  }

  @Override
  public ContrastStatistics contrastLabelled(Matrix similarity, int[] labels, boolean inside) {
    throw new UnsupportedOperationException("contrastLabelled");
  }

  @Override
  public ContrastStatistics powerContrast(Matrix a, Matrix b, double power, double temperature, Matrix gradientA, Matrix gradientB) {
    throw new UnsupportedOperationException("powerContrast");
  }

  @Override
  public ContrastStatistics distanceContrast(Contrast form, Matrix anchor, Matrix positive, Matrix negatives, double temperature, double margin, Matrix anchorGradient, Matrix positiveGradient, Matrix negativeGradient) {
    throw new UnsupportedOperationException("distanceContrast");
  }

  @Override
  public double varianceHinge(Matrix embeddings, double epsilon, double scale, Matrix gradient) {
    throw new UnsupportedOperationException("varianceHinge");
  }

  @Override
  public double redundancy(Matrix correlation, double lambda) {
    throw new UnsupportedOperationException("redundancy");
  }
}
