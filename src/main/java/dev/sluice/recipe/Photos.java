package dev.sluice.recipe;

import dev.sluice.compute.Backend;
import dev.sluice.data.ImageFolder;
import dev.sluice.data.PhotoPatches;
import dev.sluice.data.Whitening;
import dev.sluice.event.ReferenceBand;
import dev.sluice.train.Ticker;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The learner of Wen and Li on patches of real photos, where nobody knows the dictionary: with
 * masks the filters turn into oriented edges and gratings, without they stay noise, while their
 * loss looks far better. This project's own extension of the paper; its figures were measured for
 * it.
 */
public final class Photos implements Recipe<PhotosSettings> {

  /**
   * The settings of the preset photo-raw-12, seed 0, with masks: lottery-small's learner, wider.
   */
  public static final PhotosSettings RAW_12 =
      new PhotosSettings(
          WenLi.LOTTERY_SMALL.learner().with(64), ImageFolder.SHIPPED, 12, Whitening.NONE);

  /** The settings of the preset photo-zca-12, seed 0, with masks. */
  public static final PhotosSettings ZCA_12 = whitened(RAW_12.learner(), 12);

  /** The settings of the preset photo-zca-16, seed 0, with masks. */
  public static final PhotosSettings ZCA_16 = whitened(RAW_12.learner().with(96), 16);

  private static PhotosSettings whitened(LearnerSettings learner, int patch) {
    return new PhotosSettings(learner, ImageFolder.SHIPPED, patch, Whitening.ZCA);
  }

  /** The closing evaluation needs two batches of evaluation patches. */
  private static final int LARGEST_BATCH = PhotoPatches.EVALUATION_POOL / 2;

  @Override
  public String name() {
    return "photos";
  }

  @Override
  public String paper() {
    return "the learner of Wen and Li 2021 on photos (an extension of this project)";
  }

  @Override
  public String claim() {
    return "On real photos masks turn the filters from noise into oriented edges; without them they stay noise, with the"
        + " better loss.";
  }

  @Override
  public Class<PhotosSettings> settingsType() {
    return PhotosSettings.class;
  }

  @Override
  public List<Preset> presets() {
    return List.of(
        new Preset(
            "photo-raw-12",
            "12 x 12 patches without whitening, 64 neurons; augment=none is the other arm",
            Map.of(),
            6,
            List.of()),
        new Preset(
            "photo-zca-12",
            "12 x 12 patches, ZCA-whitened, 64 neurons",
            Map.of("whitening", "zca"),
            6,
            List.of()),
        new Preset(
            "photo-zca-16",
            "16 x 16 patches, ZCA-whitened, 96 neurons: the most distinct filters",
            Map.of("whitening", "zca", "patch", "16", "neurons", "96"),
            10,
            List.of()));
  }

  @Override
  public Experiment open(PhotosSettings settings, Backend backend, Ticker ticker) {
    if (settings.learner().batch() > LARGEST_BATCH) {
      throw new IllegalArgumentException(
          "batch must be at most "
              + LARGEST_BATCH
              + ", half the evaluation patches: "
              + settings.learner().batch());
    }
    ImageFolder images = ImageFolder.named(settings.images(), settings.patch());
    PhotoPatches source =
        new PhotoPatches(
            settings.learner().seed(), images.images(), settings.patch(), settings.whitening());
    return new Assembly(settings.learner(), source, source.negatives(), backend)
        .experiment("photo-patches", images.skipped(), ticker);
  }

  @Override
  public List<ReferenceBand> bands(PhotosSettings settings) {
    String arm = settings.learner().augment().name().toLowerCase(Locale.ROOT);
    if (settings.comparable().equals(RAW_12.comparable())) {
      return ReferenceBands.of("photo-raw-12/" + arm);
    }
    if (settings.comparable().equals(ZCA_12.comparable())) {
      return ReferenceBands.of("photo-zca-12/" + arm);
    }
    if (settings.comparable().equals(ZCA_16.comparable())) {
      return ReferenceBands.of("photo-zca-16/" + arm);
    }
    return List.of();
  }
}
