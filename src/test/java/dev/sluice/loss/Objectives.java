package dev.sluice.loss;

import static dev.sluice.loss.Objectives.Invariance.ROTATION;
import static dev.sluice.loss.Objectives.Invariance.SCALE;
import static dev.sluice.loss.Objectives.Invariance.SWAP;
import static dev.sluice.loss.Objectives.Invariance.TRANSLATION;
import static dev.sluice.loss.Objectives.Need.LABELS;
import static dev.sluice.loss.Objectives.Need.OTHERS;
import static dev.sluice.loss.Objectives.Need.OWN_NEGATIVES;
import static dev.sluice.loss.Objectives.Need.SHARED_NEGATIVES;
import static dev.sluice.loss.Objectives.Need.SINGLE_NEGATIVES;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ObjectiveKernels.Contrast;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Every objective, by name, with what it needs and what its loss does not depend on. */
final class Objectives {
  private Objectives() {}

  /** What may be done to all tensors at once without changing the loss. */
  enum Invariance {
    /** Rows turned by one orthogonal matrix, trained tensors of the objective's own with them. */
    ROTATION,
    /** Every row stretched by a factor of its own. */
    SCALE,
    /** One vector added to all rows. */
    TRANSLATION,
    /** The samples in another order. */
    PERMUTATION,
    /** The views exchanged. */
    SWAP
  }

  /** What an objective needs apart from the tensors it reads. */
  enum Need {
    LABELS,
    /** At least two samples in a batch. */
    OTHERS,
    /** H negatives in all. */
    SHARED_NEGATIVES,
    /** H negatives for each sample. */
    OWN_NEGATIVES,
    /** One negative for each sample. */
    SINGLE_NEGATIVES
  }

  /** Of a test: B, d and H. */
  record Sizes(int batch, int width, int negatives) {}

  /** Makes an objective with usual settings. */
  interface Factory {
    Objective create(Backend backend, Sizes sizes);
  }

  record Entry(String name, Set<Need> needs, Set<Invariance> invariances, Factory factory) {
    int negativeRows(Sizes sizes) {
      if (needs.contains(SHARED_NEGATIVES)) {
        return sizes.negatives();
      }
      return needs.contains(SINGLE_NEGATIVES) ? sizes.batch() : sizes.batch() * sizes.negatives();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Entry> all() {
    return List.of(
        entry(
            "infonce-batch", needs(OTHERS), but(SCALE, TRANSLATION, SWAP), wenLi(Negatives.BATCH)),
        entry(
            "infonce-raw",
            needs(SHARED_NEGATIVES),
            but(SCALE, TRANSLATION, SWAP),
            wenLi(Negatives.RAW)),
        entry("infonce-none", needs(), but(SCALE, TRANSLATION), wenLi(Negatives.NONE)),
        entry(
            "infonce-dot",
            needs(OTHERS),
            but(SCALE, TRANSLATION, SWAP),
            twoSided(TwoSidedInfoNce.Similarity.DOT)),
        entry(
            "infonce-cosine",
            needs(OTHERS),
            but(TRANSLATION, SWAP),
            twoSided(TwoSidedInfoNce.Similarity.COSINE)),
        entry("supcon-out", needs(OTHERS, LABELS), but(TRANSLATION), supCon(SupCon.Form.OUTSIDE)),
        entry("supcon-in", needs(OTHERS, LABELS), but(TRANSLATION), supCon(SupCon.Form.INSIDE)),
        entry("nt-xent", needs(OTHERS), but(TRANSLATION), supCon(SupCon.Form.IDENTITY)),
        entry("tian-simple", needs(OWN_NEGATIVES), but(SCALE, SWAP), tian(Contrast.SIMPLE, 0)),
        entry("tian-triplet", needs(OWN_NEGATIVES), but(SCALE, SWAP), tian(Contrast.TRIPLET, 0.3)),
        entry("tian-infonce", needs(OWN_NEGATIVES), but(SCALE, SWAP), tian(Contrast.INFO_NCE, 0)),
        entry(
            "tian-released",
            needs(SINGLE_NEGATIVES),
            but(SCALE, SWAP),
            (backend, sizes) -> new TianReleased(backend)),
        entry("infonce-l1", needs(OTHERS), but(ROTATION, SCALE, SWAP), power(1)),
        entry("infonce-l2", needs(OTHERS), but(SCALE, SWAP), power(2)),
        entry("infonce-l3", needs(OTHERS), but(ROTATION, SCALE, SWAP), power(3)),
        entry("spectral-unbiased", needs(OTHERS), but(SCALE, TRANSLATION), spectral(true)),
        entry("spectral-full", needs(OTHERS), but(SCALE, TRANSLATION), spectral(false)),
        entry(
            "haochen-ma",
            needs(OTHERS),
            but(SCALE, TRANSLATION),
            (backend, sizes) -> new HaoChenMa(backend, sizes.batch, sizes.width, 3)),
        entry("byol-cosine", needs(), but(TRANSLATION), byol(Byol.Distance.COSINE, true)),
        entry("byol-cosine-no-stop", needs(), but(TRANSLATION), byol(Byol.Distance.COSINE, false)),
        entry("byol-euclid", needs(), but(SCALE), byol(Byol.Distance.EUCLID, true)),
        entry("byol-euclid-no-stop", needs(), but(SCALE), byol(Byol.Distance.EUCLID, false)),
        entry(
            "vicreg",
            needs(OTHERS),
            but(ROTATION, SCALE),
            (backend, sizes) ->
                new VicReg(backend, sizes.batch, sizes.width, VicReg.Weights.USUAL)),
        entry(
            "barlow-twins",
            needs(OTHERS),
            but(ROTATION, SCALE),
            (backend, sizes) -> new BarlowTwins(backend, sizes.batch, sizes.width, 0.005)),
        entry(
            "reconstruction", needs(), but(SCALE), (backend, sizes) -> new Reconstruction(backend)),
        entry("direction", needs(), but(SCALE, SWAP), Objectives::longitudinal),
        entry(
            "lssl",
            needs(),
            but(SCALE, SWAP),
            (backend, sizes) ->
                new Sum(
                    "lssl", List.of(new Reconstruction(backend), longitudinal(backend, sizes)))));
  }

  private static Entry entry(
      String name, Set<Need> needs, Set<Invariance> invariances, Factory factory) {
    return new Entry(name, needs, invariances, factory);
  }

  private static Set<Need> needs(Need... needs) {
    return Set.of(needs);
  }

  /** All invariances but these. */
  private static Set<Invariance> but(Invariance... missing) {
    return EnumSet.complementOf(EnumSet.copyOf(List.of(missing)));
  }

  private static Factory wenLi(Negatives negatives) {
    return (backend, sizes) -> new InfoNce(backend, negatives, sizes.batch, sizes.negatives);
  }

  private static Factory twoSided(TwoSidedInfoNce.Similarity form) {
    return (backend, sizes) -> new TwoSidedInfoNce(backend, form, sizes.batch, sizes.width);
  }

  private static Factory supCon(SupCon.Form form) {
    return (backend, sizes) -> new SupCon(backend, form, sizes.batch, sizes.width);
  }

  private static Factory tian(Contrast form, double margin) {
    return (backend, sizes) -> new Tian(backend, form, sizes.negatives, margin);
  }

  private static Factory power(int power) {
    return (backend, sizes) -> new PowerInfoNce(backend, sizes.batch, power);
  }

  private static Factory spectral(boolean unbiased) {
    return (backend, sizes) -> new Spectral(backend, unbiased, sizes.batch, sizes.width);
  }

  private static Factory byol(Byol.Distance form, boolean stopGradient) {
    return (backend, sizes) -> new Byol(backend, form, stopGradient, sizes.batch, sizes.width);
  }

  private static Objective longitudinal(Backend backend, Sizes sizes) {
    double[] start = new double[sizes.width];
    Arrays.setAll(start, k -> 1.0 / (k + 1) - 0.25);
    return new DirectionLoss(backend, sizes.batch, 0.5, start);
  }
}
