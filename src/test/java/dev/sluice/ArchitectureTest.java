package dev.sluice;

import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/**
 * How the packages may lean on each other. Each rule is broken once, on purpose, under {@code
 * dev.sluice.crooked} of the test tree, and {@link CrookedTest} sees that it notices.
 */
@AnalyzeClasses(packages = "dev.sluice", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  /** Every package, each allowed to use those before it; {@code sluice} is the root with Main. */
  static final List<String> ORDER =
      List.of(
          "event",
          "compute",
          "data",
          "augment",
          "model",
          "loss",
          "optim",
          "probe",
          "train",
          "collapse",
          "recipe",
          "metrics",
          "dashboard",
          "history",
          "export",
          "verticle",
          "bench",
          "config",
          "web",
          "sluice");

  private static final String[] NUMERICS = {
    "..sluice..compute",
    "..sluice..data",
    "..sluice..augment",
    "..sluice..model",
    "..sluice..loss",
    "..sluice..optim",
    "..sluice..probe",
    "..sluice..train",
    "..sluice..collapse",
    "..sluice..recipe"
  };

  @ArchTest
  static final ArchRule every_package_uses_only_those_before_it =
      classes()
          .should(
              satisfy(
                  "depend only on packages before their own",
                  (type, events) ->
                      type.getDirectDependenciesFromSelf().stream()
                          .filter(dependency -> isOurs(dependency.getTargetClass()))
                          .filter(dependency -> pointsForward(type, dependency))
                          .forEach(
                              dependency -> report(events, type, dependency.getDescription()))));

  @ArchTest
  static final ArchRule every_package_has_its_place_in_the_order =
      classes()
          .should(
              satisfy(
                  "lie in one of " + ORDER,
                  (type, events) -> {
                    if (!ORDER.contains(lastName(type))) {
                      report(events, type, type.getFullName() + " lies in no known package");
                    }
                  }));

  @ArchTest
  static final ArchRule packages_are_free_of_cycles =
      slices().matching("dev.sluice.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule only_main_uses_web =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.sluice", "..web..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.sluice..web..");

  @ArchTest
  static final ArchRule numerics_know_nothing_of_the_bus_the_metrics_or_json =
      noClasses()
          .that()
          .resideInAnyPackage(NUMERICS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.vertx..",
              "io.netty..",
              "io.micrometer..",
              "io.prometheus..",
              "com.fasterxml..",
              "java.sql..",
              "java.net..",
              "org.slf4j..");

  @ArchTest
  static final ArchRule numerics_know_no_clock =
      classes()
          .that()
          .resideInAnyPackage(NUMERICS)
          .should(
              never(
                  access(
                      "a clock",
                      access ->
                          access.getTargetOwner().isEquivalentTo(System.class)
                              && Set.of("nanoTime", "currentTimeMillis")
                                  .contains(access.getName()))))
          .andShould(
              never(dependOnClassesThat(describe("lie in java.time", inPackage("java.time")))))
          .andShould(
              never(
                  dependOnClassesThat(
                      describe("are dates", type -> type.isEquivalentTo(java.util.Date.class)))));

  @ArchTest
  static final ArchRule numerics_draw_random_numbers_only_from_counter_streams =
      classes()
          .that()
          .resideInAnyPackage(NUMERICS)
          .should(
              never(
                  access(
                      "Math.random",
                      access ->
                          access.getTargetOwner().getPackageName().equals("java.lang")
                              && access.getName().equals("random"))))
          .andShould(
              never(
                  dependOnClassesThat(
                      describe(
                          "are generators of the JDK",
                          type ->
                              type.isAssignableTo(java.util.random.RandomGenerator.class)
                                  || type.isEquivalentTo(java.util.UUID.class)))));

  @ArchTest
  static final ArchRule numerics_touch_no_files_apart_from_the_folder_of_images =
      noClasses()
          .that()
          .resideInAnyPackage(NUMERICS)
          .and()
          .doNotHaveFullyQualifiedName("dev.sluice.data.ImageFolder")
          .should()
          .dependOnClassesThat(
              describe(
                  "are files",
                  type ->
                      inPackage("java.nio.file").test(type)
                          || inPackage("java.nio.channels").test(type)
                          || inPackage("javax.imageio").test(type)
                          || type.getFullName().startsWith("java.io.File")
                          || type.getFullName().equals("java.io.RandomAccessFile")));

  @ArchTest
  static final ArchRule only_compute_touches_nd4j =
      noClasses()
          .that()
          .resideOutsideOfPackage("..compute..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.nd4j..");

  @ArchTest
  static final ArchRule verticles_compute_nothing_themselves =
      noClasses()
          .that()
          .resideInAPackage("..verticle..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.bytedeco..");

  @ArchTest
  static final ArchRule events_lean_on_the_jdk_alone =
      classes()
          .that()
          .resideInAPackage("..sluice..event")
          .should(
              satisfy(
                  "depend on java.. and on each other alone",
                  (type, events) ->
                      type.getDirectDependenciesFromSelf().stream()
                          .filter(dependency -> !isOurs(dependency.getTargetClass()))
                          .filter(dependency -> !isOfTheJdk(dependency.getTargetClass()))
                          .forEach(
                              dependency -> report(events, type, dependency.getDescription()))));

  @ArchTest
  static final ArchRule only_main_and_the_command_line_write_to_standard_streams =
      classes()
          .that()
          .resideOutsideOfPackages("dev.sluice", "..config")
          .should(
              never(
                  access(
                      "System.out, System.err or printStackTrace",
                      access ->
                          access.getTargetOwner().isEquivalentTo(System.class)
                                  && Set.of("out", "err").contains(access.getName())
                              || access.getName().equals("printStackTrace"))));

  @ArchTest
  static final ArchRule only_main_ends_the_process =
      classes()
          .that()
          .resideOutsideOfPackage("dev.sluice")
          .should(
              never(
                  access(
                      "exit or halt",
                      access ->
                          access.getTargetOwner().getPackageName().equals("java.lang")
                              && Set.of("exit", "halt").contains(access.getName()))));

  @ArchTest
  static final ArchRule every_package_is_null_marked =
      classes()
          .should(
              satisfy(
                  "lie in a package whose package-info says @NullMarked",
                  (type, events) -> {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                      report(events, type, type.getPackageName() + " is not @NullMarked");
                    }
                  }));

  @ArchTest
  static final ArchRule classes_are_final_unless_made_to_be_extended =
      classes()
          .that()
          .areNotInterfaces()
          .and()
          .areNotEnums()
          .and()
          .areNotAnonymousClasses()
          .and()
          .doNotHaveModifier(JavaModifier.ABSTRACT)
          .should()
          .haveModifier(JavaModifier.FINAL);

  @ArchTest
  static final ArchRule no_class_is_named_for_want_of_a_name =
      noClasses().should().haveNameMatching(".*(Util|Utils|Common|Helper|Manager|Impl)");

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith("dev.sluice");
  }

  private static boolean isOfTheJdk(JavaClass type) {
    return type.isPrimitive()
        || type.isArray()
        || type.getPackageName().startsWith("java.")
        || type.getPackageName().equals("org.jspecify.annotations");
  }

  private static boolean pointsForward(JavaClass type, Dependency dependency) {
    return place(dependency.getTargetClass()) > place(type);
  }

  private static int place(JavaClass type) {
    return ORDER.indexOf(lastName(type));
  }

  /** {@code compute} of {@code dev.sluice.compute}; {@code sluice} of the root package. */
  private static String lastName(JavaClass type) {
    String name = type.getPackageName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static Predicate<JavaClass> inPackage(String name) {
    return type ->
        type.getPackageName().equals(name) || type.getPackageName().startsWith(name + ".");
  }

  /** Calls, field accesses and method references alike. */
  private static ArchCondition<JavaClass> access(String what, Predicate<JavaAccess<?>> forbidden) {
    return satisfy(
        "access " + what,
        (type, events) ->
            type.getAccessesFromSelf().stream()
                .filter(forbidden)
                .forEach(
                    access ->
                        events.add(SimpleConditionEvent.satisfied(type, access.getDescription()))));
  }

  private static void report(ConditionEvents events, JavaClass type, String what) {
    events.add(SimpleConditionEvent.violated(type, what));
  }

  private static ArchCondition<JavaClass> satisfy(String description, Check check) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        check.of(type, events);
      }
    };
  }

  /** What a condition looks at. */
  @FunctionalInterface
  private interface Check {
    void of(JavaClass type, ConditionEvents events);
  }

  private static DescribedPredicate<JavaClass> describe(
      String description, Predicate<JavaClass> predicate) {
    return DescribedPredicate.describe(description, predicate);
  }
}
