package dev.sluice.probe;

/** Where the formulas stand. */
final class Source {
  static final String WEN_LI = "Wen and Li 2021, arXiv 2105.15134";
  static final String DECOUPLING =
      WEN_LI + ", feature decoupling; the exact split of a soft threshold is a definition of ours";
  static final String INFO_NCE = "van den Oord et al. 2018, arXiv 1807.03748; " + WEN_LI;
  static final String WANG_ISOLA = "Wang and Isola 2020, arXiv 2005.10242";
  static final String SIM_SIAM = "Chen and He 2021, arXiv 2011.10566";
  static final String TIAN_TREE = "Tian et al. 2020, arXiv 2010.00578";
  static final String TIAN_DYNAMICS = "Tian, Chen and Ganguli 2021, arXiv 2102.06810";
  static final String HAOCHEN_MA = "HaoChen and Ma 2022, arXiv 2211.14699";
  static final String KHOSLA = "Khosla et al. 2020, arXiv 2004.11362";
  static final String ZIMMERMANN = "Zimmermann et al. 2021, arXiv 2102.08850";
  static final String LSSL = "Zhao et al. 2020, arXiv 2006.06930";
  static final String DEFINITION = "definition";

  private Source() {}
}
