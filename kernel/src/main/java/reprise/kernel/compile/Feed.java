package reprise.kernel.compile;

import reprise.tensor.Session;

/** Puts the data of a program into a session; the arrays are shared between runs and only read. */
interface Feed {
  /** Writes the program's data states. */
  void into(Session session);
}
