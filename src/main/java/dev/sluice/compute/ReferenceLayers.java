package dev.sluice.compute;

import org.jspecify.annotations.Nullable;

final class ReferenceLayers implements LayerKernels {

  @Override
  public void addRow(Matrix row, Matrix target) {
    throw new UnsupportedOperationException("addRow");
  }

  @Override
  public void columnSums(Matrix source, double beta, Matrix row) {
    throw new UnsupportedOperationException("columnSums");
  }

  @Override
  public void leakyRelu(Matrix preactivation, double slope, Matrix response) {
    throw new UnsupportedOperationException("leakyRelu");
  }

  @Override
  public void leakyGate(Matrix preactivation, double slope, Matrix gradient) {
    throw new UnsupportedOperationException("leakyGate");
  }

  @Override
  public void standardise(Matrix source, double epsilon, Matrix target, Matrix inverseDeviation) {
    throw new UnsupportedOperationException("standardise");
  }

  @Override
  public void standardiseBackward(Matrix standardised, Matrix inverseDeviation, Matrix gradient) {
    throw new UnsupportedOperationException("standardiseBackward");
  }

  @Override
  public void unitRows(Matrix source, double floor, double epsilon, Matrix target, Matrix norms) {
    throw new UnsupportedOperationException("unitRows");
  }

  @Override
  public void unitRowsBackward(Matrix source, Matrix norms, double floor, double epsilon, Matrix gradient) {
    throw new UnsupportedOperationException("unitRowsBackward");
  }

  @Override
  public void sigmoid(Matrix source, Matrix target) {
    throw new UnsupportedOperationException("sigmoid");
  }

  @Override
  public void sigmoidGate(Matrix response, Matrix gradient) {
    throw new UnsupportedOperationException("sigmoidGate");
  }

  @Override
  public void scaleColumns(Matrix row, Matrix source, Matrix target) {
    throw new UnsupportedOperationException("scaleColumns");
  }

  @Override
  public void columnDots(Matrix a, Matrix b, double beta, Matrix row) {
    throw new UnsupportedOperationException("columnDots");
  }

  @Override
  public void groupedForward(int groups, Matrix x, Matrix weights, Matrix y) {
    throw new UnsupportedOperationException("groupedForward");
  }

  @Override
  public void groupedBackward(int groups, Matrix x, Matrix weights, Matrix outputGradient, Matrix weightGradient, @Nullable Matrix inputGradient) {
    throw new UnsupportedOperationException("groupedBackward");
  }

  @Override
  public void circularWindows(Matrix source, Matrix target) {
    throw new UnsupportedOperationException("circularWindows");
  }

  @Override
  public void poolRows(Matrix source, Matrix target) {
    throw new UnsupportedOperationException("poolRows");
  }

  @Override
  public void poolRowsBackward(Matrix gradient, Matrix sourceGradient) {
    throw new UnsupportedOperationException("poolRowsBackward");
  }
}
