package dev.sluice.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Photos as grey images: those of a folder, or the two that are shipped. What cannot be used is
 * named with the reason and left out.
 *
 * @param images in the order of their names, at least one
 * @param skipped one line a file: its name and why it was left out
 */
public record ImageFolder(List<GreyImage> images, List<String> skipped) {
  /** Largest image that is decoded. */
  static final long MAX_PIXELS_EACH = 50_000_000;

  /** Most pixels kept of a folder, four bytes each. */
  static final long MAX_PIXELS_IN_ALL = 64_000_000;

  /** The name that {@link #named} takes for the photos shipped with the program. */
  public static final String SHIPPED = "shipped";

  private static final List<String> SHIPPED_FILES = List.of("china.jpg", "flower.jpg");

  public ImageFolder {
    images = List.copyOf(images);
    skipped = List.copyOf(skipped);
  }

  /**
   * The photos a setting names.
   *
   * @param images {@link #SHIPPED} or the path of a folder
   * @param minimumSide images smaller than this in one direction are left out
   * @throws IllegalArgumentException if the folder cannot be read or holds no usable image
   */
  public static ImageFolder named(String images, int minimumSide) {
    return images.equals(SHIPPED) ? shipped() : read(Path.of(images), minimumSide);
  }

  /** The two photos shipped with the program. */
  public static ImageFolder shipped() {
    List<GreyImage> images = new ArrayList<>();
    for (String name : SHIPPED_FILES) {
      try (InputStream resource =
              Objects.requireNonNull(ImageFolder.class.getResourceAsStream("/samples/" + name));
          ImageInputStream input = open(resource)) {
        images.add(decode(name, input, 1, MAX_PIXELS_IN_ALL));
      } catch (IOException e) {
        throw new UncheckedIOException("shipped photo " + name, e);
      }
    }
    return new ImageFolder(images, List.of());
  }

  /**
   * The JPEG and PNG files of a folder, without those of folders in it; hidden files are passed
   * over.
   *
   * @param minimumSide images smaller than this in one direction are left out
   * @throws IllegalArgumentException if the folder cannot be read or holds no usable image
   */
  public static ImageFolder read(Path folder, int minimumSide) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("images must be a folder of JPEG or PNG files: " + folder);
    }
    List<GreyImage> images = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    long pixels = 0;
    for (Path file : visibleFiles(folder)) {
      String name = file.getFileName().toString();
      if (!isImageName(name)) {
        skipped.add(name + ": neither .jpg, .jpeg nor .png");
        continue;
      }
      try (InputStream stream = Files.newInputStream(file);
          ImageInputStream input = open(stream)) {
        GreyImage image = decode(name, input, minimumSide, MAX_PIXELS_IN_ALL - pixels);
        pixels += (long) image.width() * image.height();
        images.add(image);
      } catch (IOException | RuntimeException e) {
        // decoders throw all kinds of runtime exceptions at broken files
        skipped.add(name + ": " + reason(e));
      }
    }
    if (images.isEmpty()) {
      throw new IllegalArgumentException(
          skipped.isEmpty()
              ? "folder of images is empty: " + folder
              : "folder has no image that can be used: " + folder + " (" + listed(skipped) + ")");
    }
    return new ImageFolder(images, skipped);
  }

  private static List<Path> visibleFiles(Path folder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (!entry.getFileName().toString().startsWith(".") && !Files.isDirectory(entry)) {
          files.add(entry);
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("folder of images cannot be read: " + folder, e);
    }
    files.sort((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()));
    return files;
  }

  private static boolean isImageName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".jpg") || lower.endsWith(".jpeg") || lower.endsWith(".png");
  }

  private static ImageInputStream open(InputStream stream) {
    // in memory rather than through a cache file
    return new javax.imageio.stream.MemoryCacheImageInputStream(stream);
  }

  private static GreyImage decode(
      String name, ImageInputStream input, int minimumSide, long pixelsLeft) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
    if (!readers.hasNext()) {
      throw new IOException("no JPEG or PNG");
    }
    ImageReader reader = readers.next();
    try {
      reader.setInput(input, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      String size = width + " x " + height + " pixels";
      if (Math.min(width, height) < minimumSide) {
        throw new IOException(size + ", at least " + minimumSide + " each way are needed");
      }
      long count = (long) width * height;
      if (count > MAX_PIXELS_EACH) {
        throw new IOException(size + ", at most " + MAX_PIXELS_EACH + " are read");
      }
      if (count > pixelsLeft) {
        throw new IOException(size + ", beyond the " + MAX_PIXELS_IN_ALL + " kept of a folder");
      }
      return new GreyImage(name, width, height, luminance(reader.read(0)));
    } finally {
      reader.dispose();
    }
  }

  private static float[] luminance(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    float[] pixels = new float[width * height];
    ColorModel colours = image.getColorModel();
    // getRGB would bend the values of a grey image by a gamma curve
    boolean grey = colours.getNumColorComponents() == 1;
    float white = grey ? (1 << colours.getComponentSize(0)) - 1 : 255;
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      if (grey) {
        image.getRaster().getSamples(0, y, width, 1, 0, row);
      } else {
        image.getRGB(0, y, width, 1, row, 0, width);
      }
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = (grey ? row[x] : luminance(row[x])) / white;
      }
    }
    return pixels;
  }

  private static float luminance(int rgb) {
    int red = rgb >> 16 & 0xff;
    int green = rgb >> 8 & 0xff;
    int blue = rgb & 0xff;
    return (299 * red + 587 * green + 114 * blue) / 1000f;
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? "cannot be decoded" : message;
  }

  private static String listed(List<String> skipped) {
    int shown = Math.min(3, skipped.size());
    String first = String.join("; ", skipped.subList(0, shown));
    return shown == skipped.size() ? first : first + "; and " + (skipped.size() - shown) + " more";
  }
}
