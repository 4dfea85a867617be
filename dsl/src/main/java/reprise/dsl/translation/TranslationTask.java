package reprise.dsl.translation;

import java.util.List;
import reprise.dsl.plan.Field;
import reprise.dsl.plan.PointTask;
import reprise.dsl.unit.Bytes;
import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Counting;
import reprise.dsl.unit.Flops;
import reprise.dsl.unit.Numbers;
import reprise.dsl.unit.Params;

/**
 * One encoder-decoder to train.
 *
 * @param id unique in its plan
 * @param grammar what is translated
 * @param width d of both sides; feed-forward blocks are 4 d wide
 * @param heads of every attention
 * @param encoder blocks
 * @param decoder blocks
 * @param pairs to train on, each once
 * @param batch pairs in a step
 * @param peakRate learning rate after warm-up
 * @param seed of initialisation and pairs
 */
public record TranslationTask(
    String id,
    Grammar grammar,
    int width,
    int heads,
    int encoder,
    int decoder,
    int pairs,
    int batch,
    double peakRate,
    int seed)
    implements PointTask {
  /** Pairs held out. */
  public static final int HELD_OUT = 4096;

  public TranslationTask {
    Checks.text("run id", id);
    Checks.present("grammar", grammar);
    Checks.positive("width", width, "residual dimension");
    Checks.positive("encoder", encoder, "blocks");
    Checks.positive("decoder", decoder, "blocks");
  }

  @Override
  public int steps() {
    return pairs / batch;
  }

  /** N_e without embeddings: 12 d^2 a block, 4 d^2 of attention and 8 d^2 of feed-forward. */
  public Params encoderParams() {
    return new Params(12.0 * width * width * encoder, Counting.NON_EMBEDDING);
  }

  /** N_d without embeddings and head: 16 d^2 a block, attention twice. */
  public Params decoderParams() {
    return new Params(16.0 * width * width * decoder, Counting.NON_EMBEDDING);
  }

  @Override
  public List<Coordinate> coordinates() {
    double encoding = encoderParams().count();
    double decoding = decoderParams().count();
    return List.of(
        new Coordinate("N_e", encoding),
        new Coordinate("N_d", decoding),
        new Coordinate("N", encoding + decoding));
  }

  /** 6 a weight and token that meets it. */
  @Override
  public Flops flops() {
    double head = (double) grammar.vocabulary() * width;
    double onePair =
        grammar.length() * encoderParams().count()
            + grammar.targets() * (decoderParams().count() + head);
    return new Flops(6.0 * steps() * batch * onePair);
  }

  @Override
  public double evaluationFlops() {
    return flops().count() / 3 * HELD_OUT / pairs;
  }

  /** Parameters and moments; activations of a step as {@link reprise.dsl.plan.TrainTask#memory}. */
  @Override
  public Bytes memory() {
    double embeddings = 2.0 * (grammar.vocabulary() + grammar.targets()) * width;
    double weights = 16 * (encoderParams().count() + decoderParams().count() + embeddings);
    double rows = (double) batch * grammar.targets();
    double numbers = rows * (34.0 * width * (encoder + 1.5 * decoder) + 2.0 * grammar.vocabulary());
    double sentences = (double) (pairs + HELD_OUT) * (grammar.length() + grammar.targets());
    return new Bytes(Math.round(weights + 4 * (numbers + sentences)));
  }

  @Override
  public String setting() {
    return grammar.label()
        + ", "
        + Numbers.significant(grammar.entropy(), 4)
        + " nats a token for one who knows it; AdamW(.9, .95), clip 1, warm-up 5 %, cosine to 0, "
        + batch
        + " pairs a step";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.words("grammar", grammar.label()),
        Field.whole("width", width),
        Field.whole("encoder", encoder),
        Field.whole("decoder", decoder),
        Field.whole("N_e", Math.round(encoderParams().count())),
        Field.whole("N_d", Math.round(decoderParams().count())),
        Field.whole("pairs", pairs),
        Field.whole("steps", steps()),
        Field.number("FLOP", flops().count(), Numbers.scientific(flops().count())),
        Field.number("memory", memory().count(), memory().toString()),
        Field.number("peak lr", peakRate),
        Field.number("seed", seed, String.valueOf(seed)));
  }

  @Override
  public List<String> problems() {
    return pairs >= batch && pairs % batch == 0
        ? List.of()
        : List.of("expected pairs to be a multiple of the batch " + batch + ", got " + pairs);
  }
}
