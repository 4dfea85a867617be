package reprise.tensor.reference;

import java.util.List;
import reprise.tensor.Backend;
import reprise.tensor.BackendInfo;
import reprise.tensor.Group;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Program;

/** Runs programs in plain Java with every f32 tensor held in double. Slow and exact. */
public final class ReferenceBackend implements Backend {
  private final BackendInfo info;

  /** A reference backend; the reason says why nothing faster was taken, or is empty. */
  public ReferenceBackend(String reason) {
    info = new BackendInfo("reference", "jvm", "f64", "", reason);
  }

  @Override
  public BackendInfo info() {
    return info;
  }

  @Override
  public ReferenceSession open(Program program, SessionOptions options) {
    return new ReferenceSession(program, info, options);
  }

  @Override
  public Group openGroup(List<Group.Part> parts, int threads) {
    return new ReferenceGroup(info, parts);
  }
}
