package dev.sluice.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir Path folder;

  @Test
  void shippedPhotosAreThere() {
    ImageFolder shipped = ImageFolder.shipped();
    assertThat(shipped.skipped()).isEmpty();
    assertThat(shipped.images())
        .extracting(GreyImage::name)
        .containsExactly("china.jpg", "flower.jpg");
    for (GreyImage image : shipped.images()) {
      assertThat(image.width()).isEqualTo(640);
      assertThat(image.height()).isEqualTo(427);
      double sum = 0;
      for (int y = 0; y < 427; y++) {
        for (int x = 0; x < 640; x++) {
          assertThat(image.pixel(y, x)).isBetween(0f, 1f);
          sum += image.pixel(y, x);
        }
      }
      assertThat(sum / (640 * 427)).isBetween(0.1, 0.9);
    }
  }

  @Test
  void coloursBecomeLuminance() throws IOException {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xff0000);
    image.setRGB(1, 0, 0x00ff00);
    image.setRGB(2, 0, 0x0000ff);
    image.setRGB(3, 1, 0xffffff);
    ImageIO.write(image, "png", folder.resolve("a.PNG").toFile());
    GreyImage grey = ImageFolder.read(folder, 1).images().get(0);
    assertThat(grey.pixel(0, 0)).isCloseTo(0.299f, within(1e-6f));
    assertThat(grey.pixel(0, 1)).isCloseTo(0.587f, within(1e-6f));
    assertThat(grey.pixel(0, 2)).isCloseTo(0.114f, within(1e-6f));
    assertThat(grey.pixel(0, 3)).isZero();
    assertThat(grey.pixel(1, 3)).isEqualTo(1f);
  }

  @Test
  void greyImagesKeepTheirValues() throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY}) {
      BufferedImage image = new BufferedImage(2, 1, type);
      image.getRaster().setSample(1, 0, 0, type == BufferedImage.TYPE_BYTE_GRAY ? 51 : 13107);
      ImageIO.write(image, "png", folder.resolve("grey.png").toFile());
      GreyImage grey = ImageFolder.read(folder, 1).images().get(0);
      assertThat(grey.pixel(0, 0)).isZero();
      assertThat(grey.pixel(0, 1)).isCloseTo(0.2f, within(1e-6f));
    }
  }

  @Test
  void whatCannotBeUsedIsNamedAndSkipped() throws IOException {
    write("b.png", 20, 20);
    write("a.png", 20, 20);
    write("small.png", 20, 5);
    Files.writeString(folder.resolve("broken.jpg"), "not an image at all");
    Files.write(folder.resolve("cut.png"), head(folder.resolve("a.png"), 40));
    Files.writeString(folder.resolve("notes.txt"), "hello");
    Files.writeString(folder.resolve(".hidden"), "hello");
    Files.createFile(folder.resolve("nothing.jpeg"));
    Files.createDirectory(folder.resolve("more.png"));
    ImageFolder read = ImageFolder.read(folder, 12);
    assertThat(read.images()).extracting(GreyImage::name).containsExactly("a.png", "b.png");
    assertThat(read.skipped()).hasSize(5);
    assertThat(read.skipped().get(0)).isEqualTo("broken.jpg: no JPEG or PNG");
    assertThat(read.skipped().get(1)).startsWith("cut.png: ");
    assertThat(read.skipped().get(2)).isEqualTo("notes.txt: neither .jpg, .jpeg nor .png");
    assertThat(read.skipped().get(3)).isEqualTo("nothing.jpeg: no JPEG or PNG");
    assertThat(read.skipped().get(4))
        .isEqualTo("small.png: 20 x 5 pixels, at least 12 each way are needed");
  }

  @Test
  void anImageThatClaimsTooManyPixelsIsNotDecoded() throws IOException {
    write("fine.png", 20, 20);
    byte[] bytes = Files.readAllBytes(folder.resolve("fine.png"));
    // the header of a PNG: width and height stand at bytes 16 to 23, their check sum at 29
    bytes[17] = 1;
    bytes[21] = 1;
    java.util.zip.CRC32 check = new java.util.zip.CRC32();
    check.update(bytes, 12, 17);
    for (int i = 0; i < 4; i++) {
      bytes[29 + i] = (byte) (check.getValue() >>> (24 - 8 * i));
    }
    Files.write(folder.resolve("bomb.png"), bytes);
    assertThat(ImageFolder.read(folder, 1).skipped())
        .containsExactly("bomb.png: 65556 x 65556 pixels, at most 50000000 are read");
  }

  @Test
  void foldersWithoutAUsableImageAreRefused() throws IOException {
    assertThatThrownBy(() -> ImageFolder.read(folder, 12))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("folder of images is empty: " + folder);
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> ImageFolder.read(missing, 12))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("images must be a folder of JPEG or PNG files: " + missing);
    for (int i = 0; i < 5; i++) {
      Files.write(folder.resolve(i + ".jpg"), "x".getBytes(StandardCharsets.UTF_8));
    }
    assertThatThrownBy(() -> ImageFolder.read(folder, 12))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "folder has no image that can be used: "
                + folder
                + " (0.jpg: no JPEG or PNG; 1.jpg: no JPEG or PNG; 2.jpg: no JPEG or PNG;"
                + " and 2 more)");
  }

  private void write(String name, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, "png", folder.resolve(name).toFile());
  }

  private static byte[] head(Path file, int length) throws IOException {
    return java.util.Arrays.copyOf(Files.readAllBytes(file), length);
  }
}
