package dev.sluice.config;

import dev.sluice.recipe.Setting;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The settings of a recipe as its settings record declares them: every component, and every
 * component of its nested records, is a key.
 *
 * @param <S> the record
 */
public final class SettingsSchema<S extends Record> {
  private final Class<S> type;
  private final Map<String, SettingKey> keys = new LinkedHashMap<>();

  public SettingsSchema(Class<S> type) {
    this.type = type;
    collect(type);
  }

  private void collect(Class<?> record) {
    for (RecordComponent component : record.getRecordComponents()) {
      if (component.getType().isRecord()) {
        collect(component.getType());
        continue;
      }
      Setting setting = component.getAnnotation(Setting.class);
      if (setting == null) {
        throw new IllegalArgumentException(
            "component " + component.getName() + " of " + record.getName() + " lacks @Setting");
      }
      SettingKey key = new SettingKey(snakeCase(component.getName()), component.getType(), setting);
      if (keys.put(key.name(), key) != null) {
        throw new IllegalArgumentException(type.getName() + " has two settings " + key.name());
      }
    }
  }

  /** Keys in the order of the record's components. */
  public Collection<SettingKey> keys() {
    return Collections.unmodifiableCollection(keys.values());
  }

  /** The settings by name, in the order of the record's components. */
  Map<String, SettingKey> byName() {
    return Collections.unmodifiableMap(keys);
  }

  /**
   * The record with these values.
   *
   * @param values a value of the right type for every key
   * @throws BadInputException when the record refuses them together
   */
  S create(Map<String, Object> values) {
    return type.cast(create(type, values));
  }

  private static Object create(Class<?> record, Map<String, Object> values) {
    RecordComponent[] components = record.getRecordComponents();
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Class<?> component = components[i].getType();
      arguments[i] =
          component.isRecord()
              ? create(component, values)
              : values.get(snakeCase(components[i].getName()));
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = record.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof IllegalArgumentException refused) {
        throw new BadInputException(String.valueOf(refused.getMessage()), refused);
      }
      throw new IllegalStateException("settings record " + record.getName() + " failed", thrown);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("no record constructor in " + record.getName(), impossible);
    }
  }

  static String snakeCase(String camelCase) {
    return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
