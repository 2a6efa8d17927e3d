package dev.sluice.data;

/** A grey image: luminance 0.299 R + 0.587 G + 0.114 B in [0, 1], row-major. Immutable. */
public final class GreyImage {
  private final String name;
  private final int width;
  private final int height;
  private final float[] pixels;

  /**
   * @param name where it came from, for messages
   * @param pixels row-major, width x height, handed over
   */
  public GreyImage(String name, int width, int height, float[] pixels) {
    if (width < 1 || height < 1 || pixels.length != width * height) {
      throw new IllegalArgumentException(
          "image of " + width + " x " + height + " needs as many pixels, given " + pixels.length);
    }
    this.name = name;
    this.width = width;
    this.height = height;
    this.pixels = pixels;
  }

  public String name() {
    return name;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public float pixel(int row, int column) {
    return pixels[row * width + column];
  }

  /** Copies {@code side} pixels of a row to {@code target[offset ..]}. */
  void copyRow(int row, int column, float[] target, int offset, int side) {
    System.arraycopy(pixels, row * width + column, target, offset, side);
  }
}
