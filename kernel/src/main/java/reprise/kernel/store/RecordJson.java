package reprise.kernel.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Immutable descriptions as JSON and back: records, enums, lists, arrays, optional and plain
 * values, which is what plans and tasks consist of. A record names its class under {@code @}; its
 * canonical constructor checks what is read.
 */
final class RecordJson {
  private static final String CLASS = "@";

  private RecordJson() {}

  /** Something that is no description. */
  static final class Unwritable extends Exception {
    private static final long serialVersionUID = 1L;

    Unwritable(String message) {
      super(message);
    }
  }

  /** As JSON. */
  static JsonElement write(Object value) throws Unwritable {
    return switch (value) {
      case null -> JsonNull.INSTANCE;
      case String text -> new JsonPrimitive(text);
      case Boolean truth -> new JsonPrimitive(truth);
      case Double d when !Double.isFinite(d) -> new JsonPrimitive(d.toString());
      case Float f when !Float.isFinite(f) -> new JsonPrimitive(f.toString());
      case Number number -> new JsonPrimitive(number);
      case Path path -> new JsonPrimitive(path.toString());
      case Duration time -> new JsonPrimitive(time.toString());
      case Instant moment -> new JsonPrimitive(moment.toString());
      case Enum<?> constant -> {
        JsonObject json = named(constant.getDeclaringClass());
        json.addProperty("name", constant.name());
        yield json;
      }
      case Optional<?> maybe -> maybe.isPresent() ? list(List.of(maybe.get())) : new JsonArray();
      case OptionalInt maybe ->
          maybe.isPresent() ? list(List.of(maybe.getAsInt())) : new JsonArray();
      case OptionalDouble maybe ->
          maybe.isPresent() ? list(List.of(maybe.getAsDouble())) : new JsonArray();
      case List<?> list -> list(list);
      case Record record -> record(record);
      default -> {
        if (!value.getClass().isArray()) {
          throw new Unwritable("a " + value.getClass().getName() + " cannot be written as JSON");
        }
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
          elements.add(Array.get(value, i));
        }
        yield list(elements);
      }
    };
  }

  private static JsonObject named(Class<?> type) {
    JsonObject json = new JsonObject();
    json.addProperty(CLASS, type.getName());
    return json;
  }

  private static JsonArray list(List<?> values) throws Unwritable {
    JsonArray json = new JsonArray();
    for (Object value : values) {
      json.add(write(value));
    }
    return json;
  }

  private static JsonObject record(Record record) throws Unwritable {
    JsonObject json = named(record.getClass());
    for (RecordComponent part : record.getClass().getRecordComponents()) {
      try {
        part.getAccessor().setAccessible(true);
        json.add(part.getName(), write(part.getAccessor().invoke(record)));
      } catch (ReflectiveOperationException hidden) {
        throw new Unwritable(part + " of " + record.getClass().getName() + " cannot be read");
      }
    }
    return json;
  }

  /**
   * The value of that type.
   *
   * @throws Unwritable when the JSON is no such value, or its classes are not on the class path
   */
  static Object read(JsonElement json, Type type) throws Unwritable {
    if (json.isJsonNull()) {
      return null;
    }
    if (json instanceof JsonObject object && object.has(CLASS)) {
      return described(object);
    }
    Class<?> raw = raw(type);
    if (json instanceof JsonArray array) {
      return several(array, raw, type);
    }
    if (json instanceof JsonPrimitive value) {
      return plain(value, raw);
    }
    throw new Unwritable("expected a " + type.getTypeName() + ", got " + json);
  }

  private static Class<?> raw(Type type) throws Unwritable {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType of -> (Class<?>) of.getRawType();
      case WildcardType any -> raw(any.getUpperBounds()[0]);
      default -> throw new Unwritable("a " + type + " cannot be read from JSON");
    };
  }

  private static Object several(JsonArray array, Class<?> raw, Type type) throws Unwritable {
    if (raw.isArray()) {
      Object values = Array.newInstance(raw.getComponentType(), array.size());
      for (int i = 0; i < array.size(); i++) {
        Array.set(values, i, read(array.get(i), raw.getComponentType()));
      }
      return values;
    }
    if (raw == OptionalInt.class) {
      return array.isEmpty() ? OptionalInt.empty() : OptionalInt.of(array.get(0).getAsInt());
    }
    if (raw == OptionalDouble.class) {
      return array.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of((double) read(array.get(0), double.class));
    }
    Type of = type instanceof ParameterizedType p ? p.getActualTypeArguments()[0] : Object.class;
    List<Object> values = new ArrayList<>();
    for (JsonElement each : array) {
      values.add(read(each, of));
    }
    if (raw == Optional.class) {
      return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }
    return List.copyOf(values);
  }

  private static Object plain(JsonPrimitive value, Class<?> type) throws Unwritable {
    if (type == int.class || type == Integer.class) {
      return value.getAsInt();
    } else if (type == long.class || type == Long.class) {
      return value.getAsLong();
    } else if (type == double.class || type == Double.class) {
      return Double.valueOf(value.getAsString());
    } else if (type == float.class || type == Float.class) {
      return Float.valueOf(value.getAsString());
    } else if (type == boolean.class || type == Boolean.class) {
      return value.getAsBoolean();
    } else if (type == Path.class) {
      return Path.of(value.getAsString());
    } else if (type == Duration.class) {
      return Duration.parse(value.getAsString());
    } else if (type == Instant.class) {
      return Instant.parse(value.getAsString());
    } else if (type.isAssignableFrom(String.class) && value.isString()) {
      return value.getAsString();
    }
    throw new Unwritable("expected a " + type.getName() + ", got " + value);
  }

  private static Object described(JsonObject json) throws Unwritable {
    String name = json.get(CLASS).getAsString();
    try {
      Class<?> type = Class.forName(name, false, RecordJson.class.getClassLoader());
      if (type.isEnum()) {
        for (Object constant : type.getEnumConstants()) {
          if (((Enum<?>) constant).name().equals(json.get("name").getAsString())) {
            return constant;
          }
        }
      }
      if (!type.isRecord()) {
        throw new Unwritable(name + " is no record and has no such constant: " + json);
      }
      RecordComponent[] parts = type.getRecordComponents();
      Object[] values = new Object[parts.length];
      for (int i = 0; i < parts.length; i++) {
        JsonElement part = json.get(parts[i].getName());
        if (part == null && parts[i].getType() == Optional.class) {
          part = new JsonArray(); // written before there was such an option
        } else if (part == null) {
          throw new Unwritable(name + " lacks " + parts[i].getName());
        }
        values[i] = read(part, parts[i].getGenericType());
      }
      Class<?>[] types =
          Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> canonical = type.getDeclaredConstructor(types);
      canonical.setAccessible(true);
      return canonical.newInstance(values);
    } catch (ClassNotFoundException missing) {
      throw new Unwritable("no class " + name + " on the class path");
    } catch (InvocationTargetException refused) {
      throw new Unwritable(name + " refuses what was read: " + refused.getCause().getMessage());
    } catch (ReflectiveOperationException hidden) {
      throw new Unwritable(name + " cannot be made: " + hidden);
    }
  }
}
