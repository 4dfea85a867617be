package reprise.dsl.law;

import java.util.List;
import java.util.Locale;
import reprise.dsl.unit.Counting;

/** The laws that have a name on the command line. */
public final class Laws {
  /** {@link Chinchilla}, N with embeddings. */
  public static final Chinchilla CHINCHILLA = new Chinchilla(Counting.ALL);

  /** {@link Kaplan}: the joint law of N and D. */
  public static final Kaplan KAPLAN = new Kaplan();

  /** {@link KaplanSteps}: the loss along a run. */
  public static final KaplanSteps KAPLAN_STEPS = new KaplanSteps();

  /** {@link PowerLaw} of N without embeddings. */
  public static final PowerLaw POWER_LAW = new PowerLaw(Input.params(Counting.NON_EMBEDDING));

  /** {@link PowerLawPlusConstant} of N. */
  public static final PowerLawPlusConstant POWER_LAW_PLUS_CONSTANT =
      new PowerLawPlusConstant(Input.params(Counting.ALL));

  /** {@link ParScale}: parallel streams. */
  public static final ParScale PARSCALE = new ParScale();

  /** {@link StreamsPower}: a power of the streams in place of their logarithm. */
  public static final StreamsPower PARSCALE_POWER = new StreamsPower();

  /** {@link DataConstrained} on the authors' C4 law: repeated data. */
  public static final DataConstrained MUENNIGHOFF = new DataConstrained(DataConstrained.C4);

  /** {@link OverTraining}: tokens per parameter beyond the compute-optimal. */
  public static final OverTraining OVERTRAINING = new OverTraining();

  /** {@link Farseer}. */
  public static final Farseer FARSEER = new Farseer();

  /** {@link Translation}: encoder and decoder, from the paper's baseline of twelve layers. */
  public static final Translation NMT = Translation.TWELVE_LAYERS;

  /** {@link Sparsing} with ReLU. */
  public static final Sparsing SPARSING = new Sparsing.Relu();

  /** {@link Sparsing} with SiLU. */
  public static final Sparsing SPARSING_SILU = new Sparsing.Silu();

  /** {@link FpQuant}: training in low precision. */
  public static final FpQuant FP_QUANT = new FpQuant();

  /** Step Law's learning rate. */
  public static final PowerProduct STEP_LAW = PowerProduct.LEARNING_RATE;

  /** Step Law's batch. */
  public static final PowerProduct STEP_LAW_BATCH = PowerProduct.BATCH;

  private Laws() {}

  /** All of them, in the order in which help lists them. */
  public static List<Law> all() {
    return List.of(
        CHINCHILLA,
        KAPLAN,
        KAPLAN_STEPS,
        POWER_LAW,
        POWER_LAW_PLUS_CONSTANT,
        PARSCALE,
        PARSCALE_POWER,
        MUENNIGHOFF,
        OVERTRAINING,
        FARSEER,
        NMT,
        SPARSING,
        SPARSING_SILU,
        FP_QUANT,
        STEP_LAW,
        STEP_LAW_BATCH);
  }

  /**
   * The law of this name.
   *
   * @throws IllegalArgumentException naming the nearest law and all laws
   */
  public static Law named(String name) {
    List<String> names = all().stream().map(Law::name).toList();
    int at = names.indexOf(name.toLowerCase(Locale.ROOT));
    if (at >= 0) {
      return all().get(at);
    }
    throw new IllegalArgumentException(
        "no law is called "
            + name
            + Nearest.hint(name, names)
            + " Laws: "
            + String.join(", ", names));
  }
}
