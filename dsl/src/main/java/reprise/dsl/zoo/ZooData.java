package reprise.dsl.zoo;

import reprise.dsl.unit.Checks;

/** Small labelled images and signals that zoos are trained on. */
public sealed interface ZooData {
  /** One phrase for plans and captions. */
  String label();

  /** Numbers in one example. */
  int features();

  /** Training examples. */
  int train();

  /** Test examples. */
  int test();

  /** Replaced labels in the training set. */
  LabelNoise noise();

  /** The same with replaced labels in the training set. */
  ZooData labelNoise(LabelNoise share);

  /** Labels. */
  default int classes() {
    return 10;
  }

  private static String noisy(String label, LabelNoise noise) {
    return noise.share() == 0 ? label : label + " with " + noise;
  }

  /**
   * The 8x8 grey digits of scikit-learn (UCI, Alpaydin and Kaynak 1998), grey over 16; 1400 of the
   * 1797 train, drawn once by counter, the same for every seed.
   *
   * @param noise replaced training labels
   */
  record Digits(LabelNoise noise) implements ZooData {
    public Digits {
      Checks.present("label noise", noise);
    }

    @Override
    public String label() {
      return noisy("8x8 digits", noise);
    }

    @Override
    public int features() {
      return 64;
    }

    @Override
    public int train() {
      return 1400;
    }

    @Override
    public int test() {
      return 397;
    }

    @Override
    public Digits labelNoise(LabelNoise share) {
      return new Digits(share);
    }
  }

  /**
   * MNIST-1D (Greydanus and Kobak 2024, 2011.14439), generated: 4000 signals train, 1000 test. The
   * construction is the authors', the random numbers are ours: a sample of the same distribution,
   * not the frozen file.
   *
   * @param noise replaced training labels
   */
  record Mnist1d(LabelNoise noise) implements ZooData {
    public Mnist1d {
      Checks.present("label noise", noise);
    }

    @Override
    public String label() {
      return noisy("MNIST-1D", noise);
    }

    @Override
    public int features() {
      return 40;
    }

    @Override
    public int train() {
      return 4000;
    }

    @Override
    public int test() {
      return 1000;
    }

    @Override
    public Mnist1d labelNoise(LabelNoise share) {
      return new Mnist1d(share);
    }
  }
}
