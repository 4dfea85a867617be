package reprise.kernel.generation;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import reprise.dsl.generation.Decoding;
import reprise.dsl.generation.Prompting;
import reprise.kernel.data.TokenText;
import reprise.tensor.Backend;
import reprise.tensor.SessionOptions;
import reprise.tensor.model.Generation;
import reprise.tensor.model.Generator;
import reprise.tensor.model.TransformerConfig;

/**
 * Lets decoders of one shape continue the same prompts under any rule of the DSL. A row's draws
 * depend on the seed and the row alone.
 */
public final class Writing implements AutoCloseable {
  /** How fast Mirostat adapts (Basu et al. 2021, section 5). */
  private static final double MIROSTAT_RATE = 0.1;

  private final Generator generator;
  private final List<int[]> prompts;
  private final int tokens;
  private final List<List<Integer>> banned;

  private Writing(
      Generator generator, List<int[]> prompts, int tokens, List<List<Integer>> banned) {
    this.generator = generator;
    this.prompts = prompts;
    this.tokens = tokens;
    this.banned = banned;
  }

  /** Opens the program with all weights zero; prompts begin in the held-out tenth. */
  public static Writing open(
      Backend backend, TransformerConfig config, Prompting prompting, TokenText text, long seed) {
    return open(backend, config, prompting, text, seed, List.of());
  }

  /**
   * The same with runs of tokens that citation blocking forbids.
   *
   * @param banned of one length
   */
  public static Writing open(
      Backend backend,
      TransformerConfig config,
      Prompting prompting,
      TokenText text,
      long seed,
      List<List<Integer>> banned) {
    List<int[]> prompts =
        Windows.beginnings(
            text.heldOut(), prompting.given(), prompting.prompts(), text.vocabulary().fullStop());
    Generator.Size size = Generator.Size.rows(prompts.size());
    Generator generator =
        Generator.open(
            backend,
            config,
            banned.isEmpty() ? size : size.bans(banned.size(), banned.getFirst().size()),
            SessionOptions.seed(seed));
    return new Writing(generator, prompts, prompting.tokens(), List.copyOf(banned));
  }

  /** Takes weights by parameter name. */
  public Writing weights(Function<String, float[]> source) {
    generator.weights(source);
    return this;
  }

  /** What is continued. */
  public List<int[]> prompts() {
    return prompts;
  }

  /** Continues every prompt. */
  public List<Generation> write(Decoding rule) {
    return generator.generate(
        prompts, IntStream.range(0, prompts.size()).toArray(), decoding(rule));
  }

  private reprise.tensor.model.Decoding decoding(Decoding rule) {
    return rule instanceof Decoding.Blocked blocked
        ? decoding(blocked.rule()).ban(banned)
        : reprise.tensor.model.Decoding.of(SamplerRule.of(rule, 1, MIROSTAT_RATE), tokens);
  }

  @Override
  public void close() {
    generator.close();
  }
}
