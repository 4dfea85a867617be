package reprise.kernel.spectral;

import static reprise.dsl.spectral.TrainingResult.AFTER;
import static reprise.dsl.spectral.TrainingResult.BEFORE;

import java.util.Arrays;
import java.util.SplittableRandom;
import reprise.dsl.spectral.TrainingResult;
import reprise.dsl.spectral.TrainingTrial;
import reprise.kernel.study.Sheet;
import reprise.kernel.study.TrialTrainer;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Optimise;
import reprise.tensor.ir.Shape;
import reprise.tensor.model.Classifier;
import reprise.tensor.model.ExampleSet;
import reprise.tensor.model.Mlp;
import reprise.tensor.model.Training;

/** Trains the native classifier and measures its last hidden layer. */
public final class TrainingTrainer extends TrialTrainer<TrainingTrial> {
  private static final double RAW_SIGMA = 10;
  private static final double UNIT_SIGMA = 0.5;
  private static final double RATE = 1e-3;
  private static final int CHUNK = 100;

  /** For the service loader. */
  public TrainingTrainer() {
    super(TrainingTrial.class);
  }

  @Override
  public void measure(TrainingTrial trial, Sheet sheet) {
    SplittableRandom random = new SplittableRandom(trial.seed());
    int n = trial.examples();
    double[][] x = clusters(trial, random);
    int[] labels = labels(trial, random);
    ExampleSet set = ExampleSet.of(n, n, Shape.of(TrainingTrial.INPUTS), TrainingTrial.CLASSES);
    Training adam =
        new Training(
            n, trial.iterations(), RATE, 1, Optimise.Decay.CONSTANT, 0, 0, 0.9, 0.999, 1e-8, 0, 0);
    try (Session session =
        sheet
            .backend()
            .open(
                Classifier.program(Mlp.relu(64, 32), adam, set),
                SessionOptions.seed(trial.seed()))) {
      session.run("initialise", 1).orThrow();
      session.write("train_x", flat(x));
      session.write("train_y", labels);
      session.write("test_x", flat(x));
      session.write("test_y", labels);
      read(BEFORE, session, set, x, labels, sheet, random);
      for (int done = 0; done < trial.iterations() && !sheet.cancelled(); done += CHUNK) {
        int steps = Math.min(CHUNK, trial.iterations() - done);
        session.run("train_step", steps).orThrow();
        var evaluation = session.run("evaluate", set.testSteps()).orThrow();
        sheet.point(done + steps, Classifier.loss(evaluation));
      }
      read(AFTER, session, set, x, labels, sheet, random);
    }
  }

  private static void read(
      String at,
      Session session,
      ExampleSet set,
      double[][] x,
      int[] labels,
      Sheet sheet,
      SplittableRandom random) {
    double[][] hidden = relu(relu(x, session, "layer0", 64), session, "layer1", 32);
    double[] raw = Diffusion.spectrum(sheet.backend(), hidden, RAW_SIGMA);
    sheet.read(TrainingResult.RAW, at, Diffusion.entropy(raw, 1));
    double[] unit = Diffusion.spectrum(sheet.backend(), unit(hidden), UNIT_SIGMA);
    sheet.read(TrainingResult.UNIT, at, Diffusion.entropy(unit, 1));
    sheet.read(
        TrainingResult.DSMI,
        at,
        Diffusion.information(sheet.backend(), hidden, labels, RAW_SIGMA, random));
    var evaluation = session.run("evaluate", set.testSteps()).orThrow();
    sheet.read(TrainingResult.ACCURACY, at, Classifier.accuracy(evaluation));
  }

  /** Normal clusters about normal centres, class by class. */
  private static double[][] clusters(TrainingTrial trial, SplittableRandom random) {
    double[][] centres = new double[TrainingTrial.CLASSES][TrainingTrial.INPUTS];
    for (double[] centre : centres) {
      Arrays.setAll(centre, a -> random.nextGaussian());
    }
    double[][] x = new double[trial.examples()][TrainingTrial.INPUTS];
    for (int i = 0; i < x.length; i++) {
      double[] centre = centres[i % TrainingTrial.CLASSES];
      Arrays.setAll(x[i], a -> centre[a] + random.nextGaussian());
    }
    return x;
  }

  private static int[] labels(TrainingTrial trial, SplittableRandom random) {
    int[] labels = new int[trial.examples()];
    Arrays.setAll(labels, i -> i % TrainingTrial.CLASSES);
    for (int i = labels.length - 1; i > 0 && trial.shuffled(); i--) {
      int other = random.nextInt(i + 1);
      int kept = labels[i];
      labels[i] = labels[other];
      labels[other] = kept;
    }
    return labels;
  }

  /** {@code max(0, x W + b)}. */
  private static double[][] relu(double[][] x, Session session, String layer, int width) {
    float[] w = session.read(layer);
    float[] bias = session.read(layer + ".bias");
    double[][] y = new double[x.length][width];
    for (int i = 0; i < x.length; i++) {
      for (int o = 0; o < width; o++) {
        double sum = bias[o];
        for (int a = 0; a < x[i].length; a++) {
          sum += x[i][a] * w[a * width + o];
        }
        y[i][o] = Math.max(0, sum);
      }
    }
    return y;
  }

  private static double[][] unit(double[][] x) {
    double[][] y = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      double length = Math.sqrt(Arrays.stream(x[i]).map(v -> v * v).sum());
      y[i] = Arrays.stream(x[i]).map(v -> length > 0 ? v / length : 0).toArray();
    }
    return y;
  }

  private static float[] flat(double[][] x) {
    float[] all = new float[x.length * x[0].length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) x[i / x[0].length][i % x[0].length];
    }
    return all;
  }
}
