package reprise.kernel.data;

import java.util.Arrays;
import java.util.SplittableRandom;
import reprise.dsl.data.Corpus;

/**
 * Procedural grey pictures of {@link Corpus.Pictures}. A pixel at (x, y) in [-1, 1]^2 has the light
 * {@code a + b (x cos t + y sin t)} of the ground, or that of the figure where it lies within it: a
 * disc of radius .3 to .8, or a bar of half width .15 to .4. Its level is the light plus normal
 * noise of half a level, rounded and held within 0 to 15.
 */
public final class GreyPictures {
  private static final int SIDE = 8;
  private static final int LEVELS = 16;

  /** The start symbol, after the levels. */
  private static final int START = LEVELS;

  private static final int TRAIN = 1 << 16;
  private static final int HELD_OUT = 512;
  private static final double NOISE = 0.5;

  private GreyPictures() {}

  /** The pictures of a seed. */
  public static Sequences of(Corpus.Pictures corpus) {
    SplittableRandom random = new SplittableRandom(corpus.seed());
    int length = SIDE * SIDE + 1;
    int[] all = new int[(TRAIN + HELD_OUT) * length];
    for (int i = 0; i < TRAIN + HELD_OUT; i++) {
      all[i * length] = START;
      draw(random, all, i * length + 1);
    }
    return new Sequences(
        length,
        Arrays.copyOf(all, TRAIN * length),
        Arrays.copyOfRange(all, TRAIN * length, all.length),
        Sequences.all(SIDE * SIDE));
  }

  private static void draw(SplittableRandom random, int[] into, int at) {
    double ground = random.nextDouble(0, LEVELS - 1);
    double slope = random.nextDouble(0, 4);
    double from = random.nextDouble(0, 2 * Math.PI);
    double figure = random.nextDouble(0, LEVELS - 1);
    boolean disc = random.nextBoolean();
    double centreX = random.nextDouble(-0.6, 0.6);
    double centreY = random.nextDouble(-0.6, 0.6);
    double size = disc ? random.nextDouble(0.3, 0.8) : random.nextDouble(0.15, 0.4);
    double turn = random.nextDouble(0, Math.PI);
    for (int p = 0; p < SIDE * SIDE; p++) {
      int row = p / SIDE;
      int column = p % SIDE;
      double x = 2.0 * column / (SIDE - 1) - 1;
      double y = 2.0 * row / (SIDE - 1) - 1;
      double dx = x - centreX;
      double dy = y - centreY;
      double distance =
          disc ? Math.hypot(dx, dy) : Math.abs(dx * Math.sin(turn) - dy * Math.cos(turn));
      double light =
          distance < size ? figure : ground + slope * (x * Math.cos(from) + y * Math.sin(from));
      long level = Math.round(light + NOISE * random.nextGaussian());
      into[at + p] = Math.clamp(level, 0, LEVELS - 1);
    }
  }
}
