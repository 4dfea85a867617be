package reprise.dsl.plan;

import java.util.List;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Flops;

/**
 * One run of a plan: what is trained or measured. Each kind of experiment adds a record; the engine
 * finds what carries it out by its class.
 *
 * <p>A task is immutable and cannot compute. {@link #setting} and {@link #fields} together say
 * everything that decides what comes out: the plan's text consists of them, and its hash is the key
 * of the store.
 */
public interface Task {
  /** Unique in its plan, also the name of the run's directory: letters, digits, '.', '_', '-'. */
  String id();

  /** Of initialisation, data and their order, and of nothing else. */
  int seed();

  /** Optimiser steps of all stages. */
  int steps();

  /** Floating-point operations of training, by the family's counting rule. */
  Flops flops();

  /** Floating-point operations of evaluation at the end; for the estimate of time only. */
  default double evaluationFlops() {
    return 0;
  }

  /** What the run needs at most. */
  Bytes memory();

  /** What all runs of one experiment share, one line above the plan's table; may be empty. */
  String setting();

  /** Its row in the plan, in order; the same names for every task of a kind. */
  List<Field> fields();

  /** Why it cannot be carried out, each as expected and given; empty when it can. */
  default List<String> problems() {
    return List.of();
  }
}
