package dev.sluice.probe;

/** Where the formulas stand. */
final class Source {
  static final String WEN_LI = "Wen and Li 2021, arXiv 2105.15134";
  static final String DECOUPLING =
      WEN_LI + ", feature decoupling; the exact split of a soft threshold is a definition of ours";
  static final String INFO_NCE = "van den Oord et al. 2018, arXiv 1807.03748; " + WEN_LI;
  static final String WANG_ISOLA = "Wang and Isola 2020, arXiv 2005.10242";
  static final String SIM_SIAM = "Chen and He 2021, arXiv 2011.10566";
  static final String DEFINITION = "definition";

  private Source() {}
}
