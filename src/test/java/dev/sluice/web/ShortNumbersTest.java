package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.StepReport;
import java.math.BigDecimal;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShortNumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "5, 5",
    "-3, -3",
    "1234567890123, 1234567890123",
    "0.5, 0.5",
    "-0.125, -0.125",
    "3.14159265, 3.14159",
    "123456.789, 123457",
    "99999.96, 100000",
    "0.0009999996, 0.001",
    "0.000012345678, 0.0000123457",
    "0.00000123456789, 0.00000123457",
    "1e-12, 1.00000E-12",
    "1234567.8, 1.23457E+6",
    "NaN, '\"NaN\"'",
    "Infinity, '\"Infinity\"'",
    "-Infinity, '\"-Infinity\"'",
  })
  void numberIsWrittenShort(double value, String expected) {
    assertThat(written(value, 6)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"12.3456789, 12.35", "0.99996, 1", "0.25, 0.25"})
  void fourDigits(double value, String expected) {
    assertThat(written(value, 4)).isEqualTo(expected);
  }

  @org.junit.jupiter.api.Test
  void notMeasured_isNull() {
    assertThat(written(StepReport.ABSENT, 6)).isEqualTo("null");
  }

  @Property(seed = "20261122")
  void whatIsWritten_isTheNumberToItsDigits(
      @ForAll double value, @ForAll @IntRange(min = 1, max = 9) int digits) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      assertThat(Double.parseDouble(written(value, digits))).isEqualTo(value + 0.0);
      return;
    }
    assertAsNearAsItsDigitsAllow(value, digits);
  }

  @Property(seed = "20261122")
  void alsoWhereValuesAreOrdinary(@ForAll @IntRange(min = -999_999_999, max = 999_999_999) int v) {
    for (double scale = 1; scale < 1e14; scale *= 10) {
      assertAsNearAsItsDigitsAllow(v / scale, 6);
    }
  }

  /** As near as the exactly rounded number; a tie may fall either way. */
  private static void assertAsNearAsItsDigitsAllow(double value, int digits) {
    double exact = new BigDecimal(value).round(new MathContext(digits)).doubleValue();
    double back = Double.parseDouble(written(value, digits));
    assertThat(Math.abs(back - value))
        .isLessThanOrEqualTo(Math.abs(exact - value) * 1.0001 + Math.abs(value) * 1e-13);
  }

  private static String written(double value, int digits) {
    StringBuilder text = new StringBuilder();
    ShortNumbers.append(text, value, digits);
    return text.toString();
  }
}
