package dev.sluice.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.compute.State;
import dev.sluice.config.BadInputException;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.Series;
import dev.sluice.event.StepReport;
import dev.sluice.metrics.Catalogue;
import dev.sluice.probe.StatedRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds of every preset of every recipe there is, over the first steps of small runs of it.
 */
class RecipeContractTest {
  private static final int STEPS = 24;
  private static final int HALF = STEPS / 2;

  /** Steps at either end whose mean loss is compared. */
  private static final int END = 6;

  private static final int CLOSING_SAMPLES = 160;
  private static final String LOSS = "sluice_loss{part=\"total\"}";

  /** What makes the runs of a recipe small: nothing that a preset is about. */
  private static final Map<String, List<String>> SMALL =
      Map.of(
          "wen-li", List.of("inputs=128", "batch=64"),
          "identifiability", List.of("batch=64"),
          "lssl", List.of("batch=32"));

  /** Healthy presets whose loss does not fall over the first steps, and why not. */
  private static final Map<String, String> LOSS_MAY_RISE =
      Map.of(
          "noncontrastive/linear",
          "a Euclidean loss grows with the embeddings, and they grow until the predictor rests",
          "noncontrastive/linear-directpred",
          "the same; and the predictor fits the embeddings from the first step on",
          "noncontrastive/mlp-directpred",
          "the predictor fits the embeddings from the first step on; what is left to fall over"
              + " hundreds of steps is less than the noise of a batch");

  private static final Catalogue CATALOGUE = Catalogue.complete();

  static Stream<Arguments> presets() {
    return Recipes.all().stream()
        .flatMap(
            recipe -> recipe.presets().stream().map(preset -> Arguments.of(recipe, preset.name())));
  }

  static Stream<Recipe<?>> recipes() {
    return Recipes.all().stream();
  }

  /** What a run of {@link #STEPS} steps said, which several tests look at. */
  private record Straight(
      ReportLayout layout,
      List<double[]> reports,
      double[] closing,
      Map<String, String> disabledProbes) {
    double[] losses() {
      int slot = layout.slot(LOSS);
      return reports.stream().mapToDouble(report -> report[slot]).toArray();
    }
  }

  private static final Map<String, Straight> STRAIGHT = new ConcurrentHashMap<>();

  private static Straight straight(Recipe<?> recipe, String preset) {
    return STRAIGHT.computeIfAbsent(
        recipe.name() + "/" + preset,
        key -> {
          try (SteppedRun run = open(recipe, preset).to(STEPS)) {
            return new Straight(
                run.layout(),
                run.reports(),
                run.evaluate(CLOSING_SAMPLES),
                run.trainer().disabledProbes());
          }
        });
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("presets")
  void aRun_isAFunctionOfItsSettingsAndSeed(Recipe<?> recipe, String preset) {
    Straight run = straight(recipe, preset);
    try (SteppedRun again = open(recipe, preset);
        SteppedRun other = open(recipe, preset, "seed=1").to(2)) {
      again.to(HALF).evaluate(CLOSING_SAMPLES);
      again.to(STEPS);

      assertSame(run.reports(), again.reports(), run.layout());
      assertThat(other.series(LOSS)).doesNotContain(run.losses());
    }
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("presets")
  void aRunTakenUpAgain_goesOnToTheBit(Recipe<?> recipe, String preset) {
    Straight whole = straight(recipe, preset);
    ReportLayout layout = whole.layout();
    try (SteppedRun run = open(recipe, preset).to(HALF);
        SteppedRun restored = open(recipe, preset)) {
      State state = run.trainer().state();
      double[] closing = run.evaluate(CLOSING_SAMPLES);

      restored.trainer().restore(state);

      assertThat(restored.trainer().nextStep()).isEqualTo(HALF);
      assertSame(List.of(closing), List.of(restored.evaluate(CLOSING_SAMPLES)), layout);
      restored.to(STEPS);
      assertSame(whole.reports().subList(HALF, STEPS), restored.reports(), layout);
      assertSame(List.of(whole.closing()), List.of(restored.evaluate(CLOSING_SAMPLES)), layout);
    }
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("presets")
  void everySeries_isOfTheCatalogueAndWithinItsRange(Recipe<?> recipe, String preset) {
    boolean mayBreak = preset(recipe, preset).expectation().contains("divergence");
    Straight run = straight(recipe, preset);
    List<double[]> reports = new ArrayList<>(run.reports());
    reports.add(run.closing());

    assertThat(CATALOGUE.missing(run.layout().series())).isEmpty();
    assertThat(run.disabledProbes()).isEmpty();
    assertThat(Arrays.stream(run.losses()).filter(StepReport::isAbsent)).isEmpty();
    for (double[] report : reports) {
      for (int slot = 0; slot < report.length; slot++) {
        assertWithin(run.layout().series().get(slot), report[slot], mayBreak);
      }
    }
  }

  private static void assertWithin(Series series, double value, boolean mayBreak) {
    if (StepReport.isAbsent(value) || (mayBreak && !Double.isFinite(value))) {
      return;
    }
    String help = series.metric().help();
    assertThat(value).as(series.key()).isFinite();
    assertThat(value)
        .as("%s: %s", series.key(), help)
        .matches(one -> StatedRange.of(help).holds(one), "is within the range of its help");
  }

  static Stream<Arguments> healthyPresets() {
    return presets()
        .filter(
            arguments -> {
              Recipe<?> recipe = (Recipe<?>) arguments.get()[0];
              String preset = (String) arguments.get()[1];
              return preset(recipe, preset).expectation().isEmpty()
                  && !LOSS_MAY_RISE.containsKey(recipe.name() + "/" + preset);
            });
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("healthyPresets")
  void theFirstSteps_lowerTheLoss(Recipe<?> recipe, String preset) {
    double[] losses = straight(recipe, preset).losses();
    double first = Arrays.stream(losses, 0, END).average().orElseThrow();
    double last = Arrays.stream(losses, STEPS - END, STEPS).average().orElseThrow();

    assertThat(last).isLessThan(first);
  }

  @Test
  void excuses_areOfHealthyPresetsThatThereAre() {
    assertThat(LOSS_MAY_RISE.keySet())
        .allSatisfy(
            name -> {
              String[] parts = name.split("/");
              Recipe<?> recipe = recipe(parts[0]);
              assertThat(preset(recipe, parts[1]).expectation()).isEmpty();
            });
    assertThat(SMALL.keySet()).allSatisfy(name -> assertThat(recipe(name)).isNotNull());
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void theStateOfAnotherRecipe_isRefusedAndChangesNothing(Recipe<?> recipe) {
    String preset = recipe.presets().get(0).name();
    Recipe<?> other =
        Recipes.all().stream().filter(one -> !one.name().equals(recipe.name())).findFirst().get();
    try (SteppedRun stranger = open(other, other.presets().get(0).name()).to(2);
        SteppedRun untouched = open(recipe, preset).to(4);
        SteppedRun run = open(recipe, preset).to(2)) {
      State state = stranger.trainer().state();

      assertThatThrownBy(() -> run.trainer().restore(state))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("of other settings");
      assertSame(untouched.reports(), run.to(4).reports(), run.layout());
    }
  }

  /** What says nothing of the weights, and so stays a number when they are none. */
  private static final Set<String> OF_NO_WEIGHT =
      Set.of(
          "augmentation_strength",
          "embedding_dimensions",
          "embedding_samples",
          "embedding_rank_samples",
          "input_pair_correlation",
          "learning_rate",
          "loss_chance",
          "nonfinite_values_total",
          "phase_seconds_total",
          "probes_disabled",
          "schedule_stage",
          "temperature",
          "theory_decay_threshold",
          "theory_predictor_eigenvalue",
          "weight_decay");

  @ParameterizedTest
  @CsvSource({
    "wen-li, lottery-small",
    "photos, photo-raw-12",
    "hltm, tree",
    "hltm, tree-infonce",
    "noncontrastive, mlp",
    "noncontrastive, mlp-directpred",
    "noncontrastive, linear-ema",
    "noncontrastive, drill-linear-no-predictor",
    "inductive-bias, cube-linear",
    "inductive-bias, shift-convolution",
    "supcon, hard-out",
    "supcon, hard-ntxent",
    "identifiability, sphere",
    "identifiability, box",
    "lssl, growth"
  })
  void weightsThatAreNoNumbers_areCalledNumbersNowhere(String name, String preset) {
    try (SteppedRun run = open(recipe(name), preset)) {
      run.trainer().restore(broken(run.trainer().state()));

      double[] first = run.to(1).reports().get(0);

      assertThat(run.trainer().disabledProbes()).isEmpty();
      for (double[] report : List.of(first, run.evaluate(CLOSING_SAMPLES))) {
        for (int slot = 0; slot < report.length; slot++) {
          Series series = run.layout().series().get(slot);
          if (!OF_NO_WEIGHT.contains(series.metric().name())) {
            assertThat(report[slot]).as(series.key()).isNaN();
          }
        }
      }
      assertThat(run.series("sluice_nonfinite_values_total{tensor=\"loss\"}")).containsExactly(1);
    }
  }

  /** The same with NaN for every weight. */
  private static State broken(State state) {
    State broken = new State();
    state
        .lengths()
        .forEach(
            (name, length) -> {
              double[] values = state.get(name, length);
              if (name.endsWith("weight")) {
                Arrays.fill(values, Double.NaN);
              }
              broken.put(name, values);
            });
    return broken;
  }

  @ParameterizedTest
  @CsvSource({
    // more than there is, less than there is, and other widths under the same names
    "noncontrastive, mlp-ema, mlp",
    "noncontrastive, mlp, mlp-ema",
    "noncontrastive, mlp-directpred, mlp",
    "noncontrastive, drill-mlp-no-predictor, mlp",
    "inductive-bias, shift-relu, cube-relu",
    "hltm, drill-narrow, tree",
    "identifiability, box, sphere"
  })
  void theStateOfAnotherPreset_isRefused(String name, String from, String to) {
    Recipe<?> recipe = recipe(name);
    try (SteppedRun giver = open(recipe, from).to(2);
        SteppedRun taker = open(recipe, to).to(1)) {
      State state = giver.trainer().state();

      assertThatThrownBy(() -> taker.trainer().restore(state))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("of other settings");
      assertThat(taker.trainer().nextStep()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wen-li         | lottery-small | features=600                        | at most inputs",
        "wen-li         | lottery-small | inputs=65536,batch=16384            | at most",
        "photos         | photo-raw-12  | images=there-is-no-such-folder      | there-is-no-such",
        "noncontrastive | mlp           | stop_gradient=false,target_rate=0.9 | target_rate must be 0",
        "inductive-bias | cube-linear   | encoder=convolution                 | needs data shift",
        "identifiability| box           | scale=5                             | scale",
        "supcon         | hard-out      | batch=1                             | batch",
        "hltm    | tree          | depth=9                             | depth"
      })
  void settingsThatDoNotFit_areRefusedWithAWord(
      String recipe, String preset, String sets, String word) {
    assertThatThrownBy(() -> SteppedRun.of(recipe(recipe), preset, sets.split(",")).close())
        .isInstanceOfAny(IllegalArgumentException.class, BadInputException.class)
        .hasMessageContaining(word);
  }

  private static Recipe<?> recipe(String name) {
    return Recipes.all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  private static Preset preset(Recipe<?> recipe, String name) {
    return recipe.presets().stream().filter(one -> one.name().equals(name)).findFirst().get();
  }

  private static SteppedRun open(Recipe<?> recipe, String preset, String... more) {
    List<String> sets = new ArrayList<>(SMALL.getOrDefault(recipe.name(), List.of()));
    sets.addAll(List.of(more));
    return SteppedRun.of(recipe, preset, sets.toArray(new String[0]));
  }

  /** To the bit; which bits a NaN has beside being one is left to the processor. */
  private static void assertSame(
      List<double[]> expected, List<double[]> actual, ReportLayout layout) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int step = 0; step < expected.size(); step++) {
      for (int slot = 0; slot < layout.size(); slot++) {
        assertThat(bits(actual.get(step)[slot]))
            .as("%s of report %d", layout.series().get(slot).key(), step)
            .isEqualTo(bits(expected.get(step)[slot]));
      }
    }
  }

  private static long bits(double value) {
    return StepReport.isAbsent(value)
        ? Double.doubleToRawLongBits(value)
        : Double.doubleToLongBits(value);
  }
}
