package reprise.tensor.ir;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Operations to text and back, from the components of their records. */
final class OpCodec {
  private static final Map<String, Class<?>> OPS = new TreeMap<>();

  static {
    collect(Op.class);
  }

  private OpCodec() {}

  private static void collect(Class<?> type) {
    if (type.isRecord()) {
      OPS.put(mnemonic(type), type);
    } else {
      for (Class<?> sub : type.getPermittedSubclasses()) {
        collect(sub);
      }
    }
  }

  /** All operations by mnemonic. */
  static Map<String, Class<?>> all() {
    return Map.copyOf(OPS);
  }

  static String mnemonic(Class<?> op) {
    return op.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  /** Attributes as {@code {name=value, ..}}, or nothing where there are none. */
  static String attributes(Op op) {
    List<String> parts = new ArrayList<>();
    for (RecordComponent c : op.getClass().getRecordComponents()) {
      try {
        Object value = c.getAccessor().invoke(op);
        parts.add(c.getName() + "=" + (value instanceof List<?> l ? new Shape(plusOne(l)) : value));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("cannot read " + c + " of " + op, e);
      }
    }
    return parts.isEmpty() ? "" : " {" + String.join(", ", parts) + "}";
  }

  /** Axis numbers begin at 0 and extents at 1: an order is printed through a shape, plus one. */
  private static List<Integer> plusOne(List<?> axes) {
    return axes.stream().map(a -> (Integer) a + 1).toList();
  }

  static Op decode(String mnemonic, Map<String, String> attributes) {
    Class<?> type = OPS.get(mnemonic);
    if (type == null) {
      throw new IllegalArgumentException(
          "unknown operation '" + mnemonic + "'; known: " + OPS.keySet());
    }
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] signature = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String text = attributes.get(components[i].getName());
      if (text == null) {
        throw new IllegalArgumentException(
            mnemonic + " needs the attribute '" + components[i].getName() + "'");
      }
      signature[i] = components[i].getType();
      values[i] = value(signature[i], text);
    }
    return (Op) make(type, signature, values, attributes);
  }

  private static Object value(Class<?> type, String text) {
    if (type == int.class) {
      return Integer.parseInt(text);
    } else if (type == double.class) {
      return Double.parseDouble(text);
    } else if (type == boolean.class) {
      return Boolean.parseBoolean(text);
    } else if (type == String.class) {
      return text;
    } else if (type == Shape.class) {
      return Shape.parse(text);
    } else if (type == TensorType.class) {
      return TensorType.parse(text);
    } else if (type == List.class) {
      return Shape.parse(text).dims().stream().map(d -> d - 1).toList();
    } else if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(text)) {
          return constant;
        }
      }
    }
    Class<?> part = part(type, text);
    if (part != null) {
      return record(part, text.substring(part.getSimpleName().length() + 1, text.length() - 1));
    }
    throw new IllegalArgumentException("cannot read '" + text + "' as " + type.getSimpleName());
  }

  /** The record whose {@code toString} begins this text: a type itself, or one it permits. */
  private static Class<?> part(Class<?> type, String text) {
    if (type.isRecord()) {
      return text.startsWith(type.getSimpleName() + "[") && text.endsWith("]") ? type : null;
    }
    if (type.isSealed()) {
      for (Class<?> sub : type.getPermittedSubclasses()) {
        Class<?> found = part(sub, text);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** Reads {@code name=value, ..}, what a record of plain components prints. */
  private static Object record(Class<?> type, String text) {
    RecordComponent[] components = type.getRecordComponents();
    String[] parts = text.split(", ", -1);
    Class<?>[] signature = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = components[i].getName() + "=";
      if (i >= parts.length || !parts[i].startsWith(name)) {
        throw new IllegalArgumentException(
            type.getSimpleName() + " needs the attribute '" + components[i].getName() + "'");
      }
      signature[i] = components[i].getType();
      values[i] = value(signature[i], parts[i].substring(name.length()));
    }
    return make(type, signature, values, text);
  }

  private static Object make(Class<?> type, Class<?>[] signature, Object[] values, Object text) {
    try {
      return type.getDeclaredConstructor(signature).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "cannot make " + type.getSimpleName() + " from " + text + ": " + e.getCause(), e);
    }
  }
}
