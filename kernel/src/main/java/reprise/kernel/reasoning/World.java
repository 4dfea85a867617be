package reprise.kernel.reasoning;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import reprise.dsl.reasoning.ReasoningTrial;

/**
 * Questions and answers. A question is a subject s and a relation; its input is the sum of their
 * two unit vectors, subjects first, then the relations. Answers 0 to c - 1 are facts, c to 2c - 1
 * what they imply.
 */
record World(List<Question> trained, List<Question> asked, int inputs, int answers) {
  /** A question: places of the two ones in its input, and the right answer. */
  record Question(int subject, int relation, int answer) {}

  static World of(ReasoningTrial trial, SplittableRandom random) {
    int subjects = trial.world().subjects();
    int classes = trial.world().classes();
    int[] implied = new int[classes];
    for (int c = 0; c < classes; c++) {
      implied[c] = c;
    }
    for (int c = classes - 1; c > 0 && trial.spurious(); c--) {
      int other = random.nextInt(c + 1);
      int kept = implied[c];
      implied[c] = implied[other];
      implied[other] = kept;
    }
    List<Question> trained = new ArrayList<>();
    List<Question> asked = new ArrayList<>();
    for (int s = 0; s < subjects; s++) {
      int of = s % classes;
      trained.add(new Question(s, subjects, of));
      Question implication = new Question(s, subjects + 1, classes + implied[of]);
      (s / classes < trial.shown() ? trained : asked).add(implication);
    }
    return new World(trained, asked, subjects + 2, 2 * classes);
  }
}
