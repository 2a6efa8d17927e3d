package dev.sluice.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.sluice.compute.Backend;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.CpuBackend;
import dev.sluice.compute.ReferenceBackend;
import dev.sluice.event.StepReport;
import dev.sluice.loss.Objectives.Entry;
import dev.sluice.loss.Objectives.Invariance;
import dev.sluice.loss.Objectives.Need;
import dev.sluice.loss.Objectives.Sizes;
import dev.sluice.model.Parameter;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every objective must do. One is tested by being listed in {@link Objectives}. */
class ObjectiveContractTest {
  private static final double TEMPERATURE = 0.7;
  private static final List<Sizes> SIZES =
      List.of(new Sizes(2, 3, 1), new Sizes(5, 4, 2), new Sizes(9, 3, 3));
  private static final Sizes USUAL = new Sizes(13, 5, 3);

  static List<Entry> objectives() {
    return Objectives.all();
  }

  @Test
  void everyObjective_isListedUnderItsName() {
    try (Backend backend = new ReferenceBackend()) {
      Set<String> listed =
          Objectives.all().stream()
              .map(
                  entry -> {
                    try (Objective objective = entry.factory().create(backend, USUAL)) {
                      assertThat(objective.name()).isEqualTo(entry.name()).matches("[a-z0-9-]+");
                      return objective.getClass().getName();
                    }
                  })
              .collect(Collectors.toSet());

      Set<String> written =
          new ClassFileImporter()
                  .withImportOption(new ImportOption.DoNotIncludeTests())
                  .importPackages("dev.sluice.loss")
                  .stream()
                  .filter(type -> type.isAssignableTo(Objective.class) && !type.isInterface())
                  .map(JavaClass::getName)
                  .collect(Collectors.toSet());
      assertThat(listed).isEqualTo(written);
    }
  }

  // ---- gradients

  @ParameterizedTest
  @MethodSource("objectives")
  void gradients_areCentralDifferencesOfTheLoss(Entry entry) {
    for (Sizes sizes : SIZES) {
      try (Backend backend = new ReferenceBackend();
          Trial trial = new Trial(backend, entry, sizes).random()) {
        trial.evaluate(TEMPERATURE);
        for (Parameter parameter : trial.objective.parameters()) {
          double[] gradient = trial.gradient(parameter);
          double[] values = trial.value(parameter);
          assertClose(gradient, differences(trial, values, v -> trial.set(parameter, v)), 1e-6);
        }
        trial.evaluate(TEMPERATURE);
        for (Role role : trial.objective.gives()) {
          double[] gradient = trial.gradient(role);
          double[] values = trial.value(role);
          assertClose(gradient, differences(trial, values, v -> trial.set(role, v)), 1e-6);
          trial.evaluate(TEMPERATURE);
        }
      }
    }
  }

  private static double[] differences(Trial trial, double[] values, Consumer<double[]> set) {
    double h = 1e-5;
    double[] differences = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      values[i] = value + h;
      set.accept(values);
      double above = trial.evaluate(TEMPERATURE).loss();
      values[i] = value - h;
      set.accept(values);
      double below = trial.evaluate(TEMPERATURE).loss();
      values[i] = value;
      set.accept(values);
      differences[i] = (above - below) / (2 * h);
    }
    return differences;
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void roles_readOrNotGiven_areLeftAlone(Entry entry) {
    try (Backend backend = new ReferenceBackend();
        Trial trial = new Trial(backend, entry, USUAL).random()) {
      assertThat(List.copyOf(trial.objective.reads()))
          .isSorted()
          .containsAll(trial.objective.gives());
      assertThat(List.copyOf(trial.objective.gives())).isSorted();
      Map<Role, double[]> before = trial.values();
      trial.fillGradients(17);

      trial.evaluate(TEMPERATURE);

      before.forEach((role, values) -> assertThat(trial.value(role)).isEqualTo(values));
      for (Role role : trial.objective.reads()) {
        if (trial.objective.gives().contains(role)) {
          assertThat(trial.gradient(role)).doesNotContain(17);
        } else {
          assertThat(trial.gradient(role)).containsOnly(17);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void gradients_areWrittenOverWhateverWasThere_thoseOfItsOwnAreAdded(Entry entry) {
    for (Backend open : List.of(new ReferenceBackend(), new CpuBackend())) {
      try (Backend backend = open;
          Trial trial = new Trial(backend, entry, USUAL).random()) {
        double loss = trial.evaluate(TEMPERATURE).loss();
        Map<Role, double[]> first =
            trial.objective.gives().stream()
                .collect(Collectors.toMap(role -> role, trial::gradient));
        List<double[]> own = trial.objective.parameters().stream().map(trial::gradient).toList();
        trial.fillGradients(Double.NaN);

        assertThat(trial.evaluate(TEMPERATURE).loss()).isEqualTo(loss);

        first.forEach((role, values) -> assertThat(trial.gradient(role)).isEqualTo(values));
        for (int i = 0; i < own.size(); i++) {
          double[] twice = Arrays.stream(own.get(i)).map(value -> 2 * value).toArray();
          assertThat(trial.gradient(trial.objective.parameters().get(i))).isEqualTo(twice);
        }
      }
    }
  }

  // ---- invariances

  @ParameterizedTest
  @MethodSource("objectives")
  void loss_dependsOnEverythingButWhatIsClaimed(Entry entry) {
    for (Invariance invariance : Invariance.values()) {
      try (Backend backend = new ReferenceBackend();
          Trial trial = new Trial(backend, entry, USUAL).random()) {
        double before = trial.evaluate(TEMPERATURE).loss();

        new Transform(trial, entry).apply(invariance);

        double after = trial.evaluate(TEMPERATURE).loss();
        double scale = Math.max(1, Math.abs(before));
        if (entry.invariances().contains(invariance)) {
          assertThat(after).as("%s", invariance).isCloseTo(before, within(1e-9 * scale));
        } else {
          assertThat(Math.abs(after - before)).as("%s", invariance).isGreaterThan(1e-6 * scale);
        }
      }
    }
  }

  // ---- backends

  @ParameterizedTest
  @MethodSource("objectives")
  void float32_agreesWithTheReference(Entry entry) {
    for (Sizes sizes : List.of(new Sizes(5, 4, 2), USUAL, new Sizes(64, 33, 4))) {
      try (Backend reference = new ReferenceBackend();
          Backend cpu = new CpuBackend();
          Trial exact = new Trial(reference, entry, sizes).random();
          Trial fast = new Trial(cpu, entry, sizes).random()) {
        ContrastStatistics expected = exact.evaluate(TEMPERATURE);
        ContrastStatistics statistics = fast.evaluate(TEMPERATURE);

        double largest = Math.max(1, Math.abs(expected.loss()));
        assertThat(statistics.loss()).isCloseTo(expected.loss(), within(2e-5 * largest));
        assertSame(statistics.probability(), expected.probability());
        assertSame(statistics.top1(), expected.top1());
        for (Role role : exact.objective.gives()) {
          assertClose(fast.gradient(role), exact.gradient(role), 2e-5);
        }
        for (int i = 0; i < exact.objective.parameters().size(); i++) {
          double[] gradient = exact.gradient(exact.objective.parameters().get(i));
          assertClose(fast.gradient(fast.objective.parameters().get(i)), gradient, 2e-5);
        }
      }
    }
  }

  private static void assertSame(double measured, double expected) {
    assertThat(StepReport.isAbsent(measured)).isEqualTo(StepReport.isAbsent(expected));
    if (!StepReport.isAbsent(expected)) {
      assertThat(measured).isCloseTo(expected, within(2e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void evaluate_allocatesNoMatrix(Entry entry) {
    AtomicInteger allocations = new AtomicInteger();
    try (Backend real = new ReferenceBackend()) {
      Backend counting =
          (Backend)
              Proxy.newProxyInstance(
                  Backend.class.getClassLoader(),
                  new Class<?>[] {Backend.class},
                  (proxy, method, arguments) -> {
                    allocations.addAndGet(method.getName().equals("allocate") ? 1 : 0);
                    try {
                      return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  });
      try (Trial trial = new Trial(counting, entry, USUAL).random()) {
        int before = allocations.get();

        trial.evaluate(TEMPERATURE);
        trial.evaluate(TEMPERATURE);

        assertThat(before).isPositive();
        assertThat(allocations).hasValue(before);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void evaluate_leavesNothingToTheCollector(Entry entry) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    DoubleSupplier allocated =
        () -> (double) threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    try (Backend backend = new CpuBackend();
        Trial trial = new Trial(backend, entry, new Sizes(64, 32, 4)).random()) {
      double kept = 0;
      for (int i = 0; i < 50; i++) {
        kept += trial.evaluate(TEMPERATURE).loss();
      }
      double before = allocated.getAsDouble();
      for (int i = 0; i < 50; i++) {
        kept += trial.evaluate(TEMPERATURE).loss();
      }
      double bytes = (allocated.getAsDouble() - before) / 50;

      assertThat(kept).isFinite();
      // the records of the statistics, and what calls leave before they are compiled
      assertThat(bytes).isLessThan(512);
    }
  }

  // ---- degenerate input

  @ParameterizedTest
  @MethodSource("objectives")
  void loss_isNoNumber_whereAnInputIsNone(Entry entry) {
    for (Backend open : List.of(new ReferenceBackend(), new CpuBackend())) {
      try (Backend backend = open;
          Trial trial = new Trial(backend, entry, USUAL).random()) {
        for (Role role : trial.objective.reads()) {
          double[] values = trial.value(role);
          double[] broken = values.clone();
          broken[broken.length / 2] = Double.NaN;
          trial.set(role, broken);
          assertThat(trial.evaluate(TEMPERATURE).loss()).as("%s", role).isNaN();
          trial.set(role, values);
        }
        assertThat(trial.evaluate(TEMPERATURE).loss()).isFinite();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void deadEmbeddings_haveTheLossOfChance(Entry entry) {
    for (Backend open : List.of(new ReferenceBackend(), new CpuBackend())) {
      try (Backend backend = open;
          Trial trial = new Trial(backend, entry, USUAL)) {
        double loss = trial.evaluate(TEMPERATURE).loss();
        double chance = trial.objective.chance(TEMPERATURE);

        assertThat(loss).isFinite();
        if (!Double.isNaN(chance)) {
          assertThat(loss).isCloseTo(chance, within(2e-5 * Math.max(1, chance)));
        }
        assertGradientsFinite(trial);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void aZeroRow_amongOthers_hasAFiniteGradient(Entry entry) {
    for (Backend open : List.of(new ReferenceBackend(), new CpuBackend())) {
      try (Backend backend = open;
          Trial trial = new Trial(backend, entry, USUAL).random()) {
        for (Role role : trial.objective.reads()) {
          double[] values = trial.value(role);
          Arrays.fill(values, 0, trial.columns(role), 0);
          trial.set(role, values);
        }

        assertThat(trial.evaluate(TEMPERATURE).loss()).isFinite();

        assertGradientsFinite(trial);
        for (Role role : trial.objective.gives()) {
          double largest = Arrays.stream(trial.gradient(role)).map(Math::abs).max().orElseThrow();
          assertThat(largest).as("%s", role).isBetween(1e-6, 1e3);
        }
      }
    }
  }

  private static void assertGradientsFinite(Trial trial) {
    for (Role role : trial.objective.gives()) {
      assertThat(Arrays.stream(trial.gradient(role)).allMatch(Double::isFinite)).isTrue();
    }
    for (Parameter parameter : trial.objective.parameters()) {
      assertThat(Arrays.stream(trial.gradient(parameter)).allMatch(Double::isFinite)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void aBatchOfOne_isRefusedWhereTheOthersAreNeeded(Entry entry) {
    Sizes one = new Sizes(1, 4, 3);
    try (Backend backend = new ReferenceBackend()) {
      if (entry.needs().contains(Need.OTHERS)) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> entry.factory().create(backend, one).close())
            .withMessageContaining("given 1");
      } else {
        try (Trial trial = new Trial(backend, entry, one).random()) {
          assertThat(trial.evaluate(TEMPERATURE).loss()).isFinite();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void loss_doesNotFallBelowItsBound(Entry entry) {
    try (Backend backend = new ReferenceBackend();
        Trial trial = new Trial(backend, entry, USUAL).random()) {
      double bound = trial.objective.lowerBound();
      // downhill from anywhere, with short steps at first
      for (int step = 0; step < 200; step++) {
        assertThat(trial.evaluate(TEMPERATURE).loss()).isGreaterThanOrEqualTo(bound - 1e-9);
        for (Role role : trial.objective.gives()) {
          double[] values = trial.value(role);
          double[] gradient = trial.gradient(role);
          Arrays.setAll(values, i -> values[i] - 0.05 * gradient[i]);
          trial.set(role, values);
        }
      }
      double chance = trial.objective.chance(TEMPERATURE);
      assertThat(Double.isNaN(chance) || chance >= bound).isTrue();
    }
  }

  // ---- what the tests are written in

  private static void assertClose(double[] measured, double[] expected, double tolerance) {
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(measured).containsExactly(expected, within(tolerance * Math.max(largest, 1e-4)));
  }
}
