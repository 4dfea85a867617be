package reprise.kernel.debug;

import com.sun.jdi.ArrayReference;
import com.sun.jdi.ClassNotLoadedException;
import com.sun.jdi.ClassType;
import com.sun.jdi.Field;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.InvalidTypeException;
import com.sun.jdi.InvocationException;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.StringReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.Value;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Values of the debugged code as text. */
final class Values {
  private static final int CHARACTERS = 300;

  /** While one is asked for its text, breakpoints inside its toString do not count. */
  private final AtomicBoolean asking;

  Values(AtomicBoolean asking) {
    this.asking = asking;
  }

  /** The value as Java would write it; of an object what its toString says. */
  String text(Value value, ThreadReference thread) {
    return switch (value) {
      case null -> "null";
      case StringReference string -> bounded("\"" + string.value() + "\"");
      case ArrayReference array -> array.type().name().replace("[]", "[" + array.length() + "]");
      case ObjectReference object -> bounded(asked(object, thread));
      default -> value.toString();
    };
  }

  static String type(Value value) {
    return value == null ? "null" : value.type().name();
  }

  /** What an object's fields are; of arrays and strings there is none. */
  static List<Field> fields(ObjectReference object) {
    return object.referenceType().allFields().stream().filter(f -> !f.isStatic()).toList();
  }

  private String asked(ObjectReference object, ThreadReference thread) {
    var plain = object.referenceType().name() + "@" + object.uniqueID();
    if (thread == null || !(object.referenceType() instanceof ClassType type)) {
      return plain;
    }
    asking.set(true);
    try {
      var method = type.concreteMethodByName("toString", "()Ljava/lang/String;");
      var answer =
          object.invokeMethod(thread, method, List.of(), ObjectReference.INVOKE_SINGLE_THREADED);
      return answer instanceof StringReference string ? string.value() : plain;
    } catch (InvalidTypeException
        | ClassNotLoadedException
        | IncompatibleThreadStateException
        | InvocationException e) {
      // A toString that throws is the user's, and no reason to show nothing.
      return plain;
    } finally {
      asking.set(false);
    }
  }

  private static String bounded(String text) {
    return text.length() <= CHARACTERS ? text : text.substring(0, CHARACTERS) + " ...";
  }
}
