package reprise.dsl.lowprecision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import reprise.dsl.Experiment;
import reprise.dsl.data.Corpus;
import reprise.dsl.model.Decoder;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.plan.Optimisation;
import reprise.dsl.plan.Plan;
import reprise.dsl.result.Outcome;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Tokens;

/**
 * Training in low precision, ready to run: every format with every block, model and number of
 * tokens. Options are set again by naming them again.
 *
 * @param formats each a run of its own
 * @param family what is trained
 * @param corpus what is read
 * @param tokens D of the runs
 * @param blocks elements that share a scale, B; 128 unless set. A format of eight exponent bits has
 *     no scale and is trained once.
 * @param seeds runs of every cell, with seeds 1 to n; 1 unless set
 */
public record LowPrecision(
    List<FloatFormat> formats,
    DecoderFamily family,
    Corpus corpus,
    List<Tokens> tokens,
    List<Integer> blocks,
    int seeds)
    implements Experiment<LowPrecisionResult> {
  static final int BLOCK = 128;

  /** As for the small decoders on characters. */
  private static final Optimisation SETTINGS = new Optimisation(256, 0.006);

  public LowPrecision {
    Checks.present("models", family);
    Checks.present("corpus", corpus);
    Checks.positive("seeds", seeds, "runs");
    formats = List.copyOf(formats);
    tokens = tokens.stream().distinct().toList();
    blocks = blocks.stream().distinct().sorted().toList();
    if (tokens.isEmpty() || blocks.isEmpty()) {
      throw new IllegalArgumentException("name at least one number of tokens and one block");
    }
  }

  /** Elements that share a scale. */
  public LowPrecision blocks(Integer... sizes) {
    return new LowPrecision(formats, family, corpus, tokens, Arrays.asList(sizes), seeds);
  }

  /** The number of runs of every cell. */
  public LowPrecision seeds(int count) {
    return new LowPrecision(formats, family, corpus, tokens, blocks, count);
  }

  @Override
  public Plan plan() {
    List<LowPrecisionTask> runs = new ArrayList<>();
    for (Decoder model : family.members(corpus.vocabulary())) {
      for (FloatFormat format : formats) {
        for (int block : format.wide() ? blocks.subList(0, 1) : blocks) {
          for (Tokens d : tokens) {
            for (int seed = 1; seed <= seeds; seed++) {
              runs.add(task(model, format, block, d, seed));
            }
          }
        }
      }
    }
    String title =
        "training in "
            + formats.stream().map(FloatFormat::toString).collect(Collectors.joining(", "))
            + " with blocks of "
            + blocks.stream().map(String::valueOf).collect(Collectors.joining(", "))
            + ": "
            + family
            + " on "
            + corpus.label();
    return new Plan(title, runs, List.of());
  }

  private LowPrecisionTask task(Decoder model, FloatFormat format, int block, Tokens d, int seed) {
    String id =
        model.label()
            + "-"
            + format
            + (format.wide() ? "" : "-B" + block)
            + "-D"
            + d.count()
            + "-s"
            + seed;
    return new LowPrecisionTask(id, model, format, block, corpus, d, SETTINGS, seed);
  }

  @Override
  public LowPrecisionResult result(Outcome outcome) {
    return new LowPrecisionResult(this, outcome);
  }
}
