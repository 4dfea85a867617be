package reprise.kernel.data;

import java.util.SplittableRandom;
import reprise.dsl.data.Corpus;

/**
 * The problems of {@link Corpus.Arithmetic}: {@code ab o cd = ef} without the spaces, eight to a
 * window behind a start symbol. A triple of operation and operands is held out by a hash of its
 * own, so that no order of drawing moves it to the other side.
 */
public final class ArithmeticProblems {
  /** Tokens 0 to 9 are digits; then operations, the equals sign, the start. */
  private static final int FIRST_OPERATION = 10;

  private static final int OPERATIONS = 6;
  private static final int EQUALS = FIRST_OPERATION + OPERATIONS;
  private static final int START = EQUALS + 1;
  private static final int PROBLEM = 8;
  private static final int PROBLEMS = Corpus.WINDOW / PROBLEM;
  private static final int NUMBERS = 100;
  private static final int HELD_OUT_OF = 10;
  private static final int TRAIN = 1 << 16;
  private static final int HELD_OUT = 2048;

  private ArithmeticProblems() {}

  /** The problems of a seed. */
  public static Sequences of(Corpus.Arithmetic corpus) {
    SplittableRandom random = new SplittableRandom(corpus.seed());
    float[] scored = new float[Corpus.WINDOW];
    for (int t = 0; t < scored.length; t++) {
      scored[t] = t % PROBLEM >= PROBLEM - 2 ? 1 : 0;
    }
    return new Sequences(
        Corpus.WINDOW + 1, windows(random, TRAIN, false), windows(random, HELD_OUT, true), scored);
  }

  /** The answer of operation {@code o} (sum, difference, product, larger, smaller, remainder). */
  static int answer(int o, int a, int b) {
    return switch (o) {
      case 0 -> (a + b) % NUMBERS;
      case 1 -> Math.floorMod(a - b, NUMBERS);
      case 2 -> a * b % NUMBERS;
      case 3 -> Math.max(a, b);
      case 4 -> Math.min(a, b);
      case 5 -> b == 0 ? a : a % b;
      default -> throw new IllegalArgumentException("operations are 0 to 5, got " + o);
    };
  }

  /** Whether a problem is held out; one in ten is. */
  static boolean heldOut(int o, int a, int b) {
    // the finaliser of MurmurHash3 over the problem's number
    int h = (o * NUMBERS + a) * NUMBERS + b + 1;
    h = (h ^ h >>> 16) * 0x85ebca6b;
    h = (h ^ h >>> 13) * 0xc2b2ae35;
    return Integer.remainderUnsigned(h ^ h >>> 16, HELD_OUT_OF) == 0;
  }

  private static int[] windows(SplittableRandom random, int count, boolean held) {
    int length = Corpus.WINDOW + 1;
    int[] all = new int[count * length];
    for (int w = 0; w < count; w++) {
      all[w * length] = START;
      for (int p = 0; p < PROBLEMS; p++) {
        problem(random, held, all, w * length + 1 + p * PROBLEM);
      }
    }
    return all;
  }

  private static void problem(SplittableRandom random, boolean held, int[] into, int at) {
    int o;
    int a;
    int b;
    do {
      o = random.nextInt(OPERATIONS);
      a = random.nextInt(NUMBERS);
      b = random.nextInt(NUMBERS);
    } while (heldOut(o, a, b) != held);
    int answer = answer(o, a, b);
    int[] tokens = {
      a / 10, a % 10, FIRST_OPERATION + o, b / 10, b % 10, EQUALS, answer / 10, answer % 10
    };
    System.arraycopy(tokens, 0, into, at, PROBLEM);
  }
}
