package dev.sluice.recipe;

import dev.sluice.data.Whitening;

/** Settings of {@link Photos}. */
public record PhotosSettings(
    LearnerSettings learner,
    @Setting("shipped, for the two photos of this program, or a folder of JPEG and PNG files")
        String images,
    @Setting(value = "p, side of a patch in pixels", min = 4, max = 32) int patch,
    @Setting("whitening of the patches") Whitening whitening) {

  /** These settings over another learner. */
  public PhotosSettings with(LearnerSettings other) {
    return new PhotosSettings(other, images, patch, whitening);
  }

  PhotosSettings comparable() {
    return with(learner.comparable());
  }
}
