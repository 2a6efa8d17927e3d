package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of {@link ArchitectureTest} notices when it is broken. */
class CrookedTest {
  private static final JavaClasses CROOKED =
      new ClassFileImporter().importPackages("dev.sluice.crooked");

  @ParameterizedTest
  @MethodSource
  void everyRule_noticesTheCrookedTree(String name) throws ReflectiveOperationException {
    ArchRule rule = (ArchRule) ArchitectureTest.class.getDeclaredField(name).get(null);

    assertThat(rule.evaluate(CROOKED).hasViolation()).as(name).isTrue();
  }

  static Stream<String> everyRule_noticesTheCrookedTree() {
    return Arrays.stream(ArchitectureTest.class.getDeclaredFields())
        .filter(field -> ArchRule.class.isAssignableFrom(field.getType()))
        .map(Field::getName);
  }
}
