package reprise.dsl.law;

/**
 * What a fit minimises: the sum over points of a cost of the residual r.
 *
 * <p>r = log prediction - log observed, or, {@linkplain #scale on the raw scale}, prediction -
 * observed. Sums, not means: Besiroglu et al. 2024 (arXiv 2404.10102) show that the choice between
 * them changes where a loosely stopped optimiser ends.
 */
public sealed interface Objective {
  /** On which scale the residual is taken. */
  enum Scale {
    /** r = log prediction - log observed. */
    LOG,
    /** r = prediction - observed. */
    RAW
  }

  /** The scale of the residual. */
  Scale scale();

  /** The same cost of prediction - observed. */
  Objective onRawLoss();

  /** One line for a table: {@code Huber, delta 0.001, log loss}. */
  String text();

  /**
   * cost(r) = r^2/2 for |r| &lt;= delta, else delta (|r| - delta/2). Hoffmann et al. 2022 use delta
   * 1e-3 on log loss.
   */
  record Huber(double delta, Scale scale) implements Objective {
    public Huber {
      if (!(delta > 0) || Double.isInfinite(delta)) {
        throw new IllegalArgumentException("Huber delta must be positive and finite, got " + delta);
      }
    }

    @Override
    public Huber onRawLoss() {
      return new Huber(delta, Scale.RAW);
    }

    @Override
    public String text() {
      return "Huber, delta " + delta + onScale(scale);
    }
  }

  /** cost(r) = |r|: least absolute deviations, the limit of Huber/delta for delta to 0. */
  record LeastAbsolute(Scale scale) implements Objective {
    @Override
    public LeastAbsolute onRawLoss() {
      return new LeastAbsolute(Scale.RAW);
    }

    @Override
    public String text() {
      return "least absolute deviations" + onScale(scale);
    }
  }

  /** cost(r) = r^2/2, the limit of Huber for a large delta. */
  record Squared(Scale scale) implements Objective {
    @Override
    public Squared onRawLoss() {
      return new Squared(Scale.RAW);
    }

    @Override
    public String text() {
      return "least squares" + onScale(scale);
    }
  }

  /**
   * cost(r) = c^2 (sqrt(1 + (r/c)^2) - 1): squared near 0, linear far out, smooth between, the
   * {@code soft_l1} of SciPy's least squares with {@code f_scale} c. Ghorbani et al. 2021 (arXiv
   * 2109.07740) fit with it.
   *
   * @param turn c, where square turns into line
   */
  record SoftL1(double turn, Scale scale) implements Objective {
    public SoftL1 {
      if (!(turn > 0) || Double.isInfinite(turn)) {
        throw new IllegalArgumentException(
            "soft L1 turns at a positive, finite residual, got " + turn);
      }
    }

    @Override
    public SoftL1 onRawLoss() {
      return new SoftL1(turn, Scale.RAW);
    }

    @Override
    public String text() {
      return "soft L1, turning at " + turn + onScale(scale);
    }
  }

  /** Huber on log loss. */
  static Huber huber(double delta) {
    return new Huber(delta, Scale.LOG);
  }

  /** Least absolute deviations on log loss. */
  static LeastAbsolute leastAbsolute() {
    return new LeastAbsolute(Scale.LOG);
  }

  /** Least squares on log loss. */
  static Squared squared() {
    return new Squared(Scale.LOG);
  }

  /** Soft L1 on log loss. */
  static SoftL1 softL1(double turn) {
    return new SoftL1(turn, Scale.LOG);
  }

  private static String onScale(Scale scale) {
    return scale == Scale.LOG ? ", log loss" : ", raw loss";
  }
}
