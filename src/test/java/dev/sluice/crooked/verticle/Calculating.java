package dev.sluice.crooked.verticle;

import org.nd4j.linalg.api.buffer.DataType;

/** Computes, on purpose, where messages should only pass. */
public final class Calculating {
  public DataType type() {
    return DataType.FLOAT;
  }
}
