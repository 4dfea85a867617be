package reprise.kernel.shell;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.Field;

/**
 * Defines the class {@code REPL.$Cancel$} whose {@code stopCheck()} the JDK's local execution
 * control weaves into every loop and method of a cell, and holds its flag. One per shell.
 */
final class StopFlag extends ClassLoader {
  private static final String NAME = "REPL.$Cancel$";
  private static final ClassDesc CLASS = ClassDesc.of(NAME);
  private static final ClassDesc DEATH = ClassDesc.of("java.lang.ThreadDeath");

  private final Field flag;

  StopFlag(ClassLoader parent) {
    super("stop-flag", parent);
    try {
      flag = loadClass(NAME).getDeclaredField("allStop");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the stop flag of the shell could not be defined", e);
    }
  }

  /** Raises or lowers the flag: while raised, cell code throws ThreadDeath at its next check. */
  void set(boolean stop) {
    try {
      flag.setBoolean(null, stop);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the stop flag of the shell could not be set", e);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (!name.equals(NAME)) {
      throw new ClassNotFoundException(name);
    }
    byte[] bytes = generate();
    return defineClass(name, bytes, 0, bytes.length);
  }

  private static byte[] generate() {
    int open = ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC;
    return ClassFile.of()
        .build(
            CLASS,
            type ->
                type.withFlags(ClassFile.ACC_PUBLIC)
                    .withField("allStop", ConstantDescs.CD_boolean, open | ClassFile.ACC_VOLATILE)
                    .withMethodBody(
                        "stopCheck",
                        ConstantDescs.MTD_void,
                        open,
                        code ->
                            code.getstatic(CLASS, "allStop", ConstantDescs.CD_boolean)
                                .ifThenElse(
                                    stop ->
                                        stop.new_(DEATH)
                                            .dup()
                                            .invokespecial(
                                                DEATH,
                                                ConstantDescs.INIT_NAME,
                                                ConstantDescs.MTD_void)
                                            .athrow(),
                                    go -> go.return_())));
  }
}
