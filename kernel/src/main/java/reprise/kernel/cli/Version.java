package reprise.kernel.cli;

import picocli.CommandLine.IVersionProvider;
import reprise.kernel.run.Host;

/** Prints the version. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"reprise " + Host.version() + ", JDK " + Runtime.version()};
  }
}
