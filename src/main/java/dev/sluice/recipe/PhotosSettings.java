package dev.sluice.recipe;

/** Settings of {@link Photos}. */
public record PhotosSettings(
    LearnerSettings learner,
    @Setting("shipped, for the two photos of this program, or a folder of JPEG and PNG files")
        String images,
    @Setting(value = "p, side of a patch in pixels", min = 4, max = 32) int patch,
    @Setting("whitening of the patches") Whitening whitening,
    @Setting(value = "epsilon of zca, share of the mean eigenvalue", min = 1e-6, max = 100)
        double whiteningFloor,
    @Setting(value = "training patches, drawn once a seed", min = 256, max = 1e6) int pool) {

  /** Whitening of the patches. */
  public enum Whitening {
    NONE,
    ZCA
  }

  /** The value of {@code images} that means the photos in this program. */
  public static final String SHIPPED = "shipped";

  /** These settings over another learner. */
  public PhotosSettings with(LearnerSettings other) {
    return new PhotosSettings(other, images, patch, whitening, whiteningFloor, pool);
  }

  PhotosSettings comparable() {
    return with(learner.comparable());
  }
}
