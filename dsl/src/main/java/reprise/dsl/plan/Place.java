package reprise.dsl.plan;

import reprise.dsl.unit.Checks;

/** Where the runs of a plan are carried out. None of it changes their bits. */
public sealed interface Place {
  /** In this process, on all cores. */
  record Here() implements Place {}

  /**
   * In worker processes on this machine, each of which claims runs of the store.
   *
   * @param count processes at once
   */
  record Processes(int count) implements Place {
    public Processes {
      if (count < 1 || count > 256) {
        throw new IllegalArgumentException("processes must be between 1 and 256, got " + count);
      }
    }
  }

  /**
   * As a job array on a Slurm cluster; the store must lie where its nodes see it.
   *
   * @param partition to submit to; empty for the cluster's default
   * @param pack runs in one task of the array; a task costs seconds of its own, so small models are
   *     packed
   */
  record Slurm(String partition, int pack) implements Place {
    public Slurm {
      Checks.present("partition", partition);
      if (pack < 1) {
        throw new IllegalArgumentException("a task packs at least one run, got " + pack);
      }
    }

    /** The same with so many runs in one task of the array. */
    public Slurm pack(int runs) {
      return new Slurm(partition, runs);
    }
  }

  /** A queue of a cluster, by its name. */
  record Partition(String name) {
    public Partition {
      Checks.text("partition", name);
    }
  }
}
