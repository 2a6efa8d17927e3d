package dev.sluice.config;

import dev.sluice.recipe.Setting;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One setting: its key and what its value may be.
 *
 * @param name in snake_case
 * @param type int, long, double, boolean, String or an enum
 * @param setting what the recipe says of it
 */
public record SettingKey(String name, Class<?> type, Setting setting) {

  private static final String WHOLE = "[+-]?\\d{1,30}";
  private static final String DECIMAL = "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,6})?";

  public SettingKey {
    if (type != int.class
        && type != long.class
        && type != double.class
        && type != boolean.class
        && type != String.class
        && !type.isEnum()) {
      throw new IllegalArgumentException("setting " + name + " has the unknown type " + type);
    }
  }

  /** One line for help. */
  public String help() {
    return setting.value();
  }

  /** What is allowed, to follow "must be". */
  public String allowed() {
    if (type == int.class || type == long.class) {
      return "a whole number from " + text(least()) + " to " + text(most());
    }
    if (type == double.class) {
      return "a number" + range();
    }
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "text";
    }
    return "one of "
        + Arrays.stream(type.getEnumConstants())
            .map(SettingKey::text)
            .collect(Collectors.joining(", "));
  }

  private String range() {
    boolean least = Double.isFinite(setting.min());
    boolean most = Double.isFinite(setting.max());
    if (least && most) {
      return " from " + text(setting.min()) + " to " + text(setting.max());
    }
    if (least) {
      return " of at least " + text(setting.min());
    }
    return most ? " of at most " + text(setting.max()) : "";
  }

  /** The typed value, or null when {@code text} is none that is allowed. */
  @Nullable Object parse(String text) {
    if (type == int.class || type == long.class) {
      return parseWhole(text);
    }
    if (type == double.class) {
      return parseDecimal(text);
    }
    if (type == boolean.class) {
      return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
    }
    if (type == String.class) {
      return text;
    }
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> text(constant).equals(text))
        .findFirst()
        .orElse(null);
  }

  private @Nullable Object parseWhole(String text) {
    if (!text.matches(WHOLE)) {
      return null;
    }
    BigDecimal value = new BigDecimal(text);
    if (value.compareTo(least()) < 0 || value.compareTo(most()) > 0) {
      return null;
    }
    if (type == int.class) {
      return value.intValueExact();
    }
    return value.longValueExact();
  }

  private @Nullable Object parseDecimal(String text) {
    if (!text.matches(DECIMAL)) {
      return null;
    }
    double value = Double.parseDouble(text);
    boolean allowed = Double.isFinite(value) && value >= setting.min() && value <= setting.max();
    return allowed ? value : null;
  }

  private BigDecimal least() {
    BigDecimal least = new BigDecimal(type == int.class ? Integer.MIN_VALUE : Long.MIN_VALUE);
    return Double.isFinite(setting.min()) ? least.max(new BigDecimal(setting.min())) : least;
  }

  private BigDecimal most() {
    BigDecimal most = new BigDecimal(type == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE);
    return Double.isFinite(setting.max()) ? most.min(new BigDecimal(setting.max())) : most;
  }

  /** A value as it is written: numbers as short as they go, enums in lower case. */
  static String text(Object value) {
    if (value instanceof BigDecimal number) {
      return number.stripTrailingZeros().toPlainString();
    }
    if (value instanceof Double number) {
      BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
      boolean plain = number == 0 || (Math.abs(number) >= 1e-6 && Math.abs(number) < 1e12);
      return plain ? shortest.toPlainString() : shortest.toString();
    }
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
    return value.toString();
  }
}
