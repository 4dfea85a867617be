package reprise.kernel.shell;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * Turns {@code System.exit}, {@code Runtime.exit} and {@code Runtime.halt} written in a cell into
 * an error of that cell. Calls from libraries are not seen: those do end the kernel.
 */
public final class ExitGuard {
  private static final ClassDesc GUARD = ClassDesc.of(ExitGuard.class.getName());
  private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");
  private static final MethodTypeDesc EXIT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
  private static final MethodTypeDesc RUNTIME_EXIT =
      MethodTypeDesc.of(ConstantDescs.CD_void, RUNTIME, ConstantDescs.CD_int);

  private ExitGuard() {}

  /** Thrown in the place of an exit. */
  public static final class ExitInCell extends Error {
    private static final long serialVersionUID = 1L;

    ExitInCell(int status) {
      super(
          "the cell called exit("
              + status
              + "), which here ends the cell and not the kernel; to restart it use the Kernel menu");
    }
  }

  /** What a cell's {@code System.exit} becomes. */
  public static void exit(int status) {
    throw new ExitInCell(status);
  }

  /** What a cell's {@code Runtime.getRuntime().exit} becomes. */
  public static void exit(Runtime runtime, int status) {
    throw new ExitInCell(status);
  }

  static byte[] guard(byte[] bytes) {
    var file = ClassFile.of();
    var model = file.parse(bytes);
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof MethodRefEntry method && exits(method)) {
        CodeTransform replace =
            (builder, element) -> {
              if (isExit(element, Opcode.INVOKESTATIC)) {
                builder.invokestatic(GUARD, "exit", EXIT);
              } else if (isExit(element, Opcode.INVOKEVIRTUAL)) {
                builder.invokestatic(GUARD, "exit", RUNTIME_EXIT);
              } else {
                builder.with(element);
              }
            };
        return file.transformClass(model, ClassTransform.transformingMethodBodies(replace));
      }
    }
    return bytes;
  }

  private static boolean isExit(CodeElement element, Opcode opcode) {
    return element instanceof InvokeInstruction call
        && call.opcode() == opcode
        && call.method() instanceof MethodRefEntry method
        && exits(method);
  }

  private static boolean exits(MethodRefEntry method) {
    var name = method.name().stringValue();
    return switch (method.owner().asInternalName()) {
      case "java/lang/System" -> name.equals("exit");
      case "java/lang/Runtime" -> name.equals("exit") || name.equals("halt");
      default -> false;
    };
  }
}
