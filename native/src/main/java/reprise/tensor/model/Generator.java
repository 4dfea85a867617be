package reprise.tensor.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import reprise.tensor.Backend;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Incremental;
import reprise.tensor.model.Decoder.Parameter;

/**
 * Continues texts with a cache of keys and values: prompts of different lengths share a batch, and
 * one downcall chooses many tokens. What a row gets depends on its prompt, its identity, the seed
 * and the run, not on the rows beside it nor on threads.
 */
public final class Generator implements AutoCloseable {
  /** Tokens between two looks at whether all rows are done. */
  private static final int BURST = 64;

  /**
   * What a generator has room for.
   *
   * @param rows texts at once
   * @param stops stop tokens
   * @param bans banned n-grams
   * @param banLength n of the banned n-grams
   */
  public record Size(int rows, int stops, int bans, int banLength) {
    /** Eight stop tokens and no bans. */
    public static Size rows(int rows) {
      return new Size(rows, 8, 1, 1);
    }

    /** The same with room for banned n-grams. */
    public Size bans(int count, int length) {
      return new Size(rows, stops, count, length);
    }
  }

  private final TransformerConfig config;
  private final Size size;
  private final Session session;

  private Generator(TransformerConfig config, Size size, Session session) {
    this.config = config;
    this.size = size;
    this.session = session;
  }

  /** A generator with all weights zero. */
  public static Generator open(
      Backend backend, TransformerConfig config, Size size, SessionOptions options) {
    return new Generator(config, size, backend.open(GeneratorProgram.of(config, size), options));
  }

  /** Takes the weights of a session of {@link Transformer#program}. */
  public Generator weights(Session trained) {
    return weights(trained::read);
  }

  /** Takes weights by parameter name, as {@link Transformer#parameters} lists them. */
  public Generator weights(Function<String, float[]> source) {
    for (Parameter p : Network.parameters(config)) {
      float[] w = source.apply(p.name());
      if (w.length != p.size()) {
        throw new IllegalArgumentException(
            "parameter " + p.name() + " is " + p.shape() + ", got " + w.length + " elements");
      }
      if (GeneratorProgram.isPacked(p)) {
        session.write(p.name(), pack(w, p.shape().dim(0), p.shape().dim(1), false));
      } else {
        session.write(p.name(), w);
      }
      if (config.tied() && p.name().equals("embedding")) {
        session.write("head", pack(w, config.width(), config.vocab(), true));
      }
    }
    return this;
  }

  /** w [k, n], or [n, k] where transposed, in panels of columns. */
  static float[] pack(float[] w, int k, int n, boolean transposed) {
    int panel = Incremental.PANEL;
    float[] out = new float[(n + panel - 1) / panel * panel * k];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < n; j++) {
        out[(j / panel * k + i) * panel + j % panel] = transposed ? w[j * k + i] : w[i * n + j];
      }
    }
    return out;
  }

  /** Continues prompts; row identities are 0, 1, and so on. */
  public List<Generation> generate(List<int[]> prompts, Decoding decoding) {
    return generate(prompts, IntStream.range(0, prompts.size()).toArray(), decoding);
  }

  /**
   * Continues prompts.
   *
   * @param identities a further coordinate of the random numbers of each row
   * @throws IllegalArgumentException if there are more prompts than rows, or a prompt is empty or
   *     does not leave room in the context, or has tokens outside the vocabulary
   */
  public List<Generation> generate(List<int[]> prompts, int[] identities, Decoding decoding) {
    int longest = write(prompts, identities, decoding);
    if (config.prefix() > 0) {
      session.run("begin", 1).orThrow();
    }
    int chunks = (longest - 1 + GeneratorProgram.CHUNK - 1) / GeneratorProgram.CHUNK;
    if (chunks > 0) {
      session.run("prefill", chunks).orThrow();
    }
    int left = decoding.tokens();
    while (left > 0 && IntStream.of(session.readInts("done")).anyMatch(d -> d == 0)) {
      int steps = Math.min(left, BURST);
      session.run("decode", steps).orThrow();
      left -= steps;
    }
    return read(prompts, decoding);
  }

  /** Fills the rows; the length of the longest prompt. */
  private int write(List<int[]> prompts, int[] identities, Decoding decoding) {
    int rows = size.rows();
    if (prompts.size() > rows || prompts.size() != identities.length) {
      throw new IllegalArgumentException(
          prompts.size()
              + " prompts with "
              + identities.length
              + " identities for a generator of "
              + rows
              + " rows");
    }
    int context = config.context();
    int[] tokens = new int[rows * context];
    int[] prompt = new int[rows];
    int[] limit = new int[rows];
    int[] done = new int[rows];
    int[] identity = Arrays.copyOf(identities, rows);
    Arrays.fill(prompt, 1);
    Arrays.fill(done, prompts.size(), rows, 1);
    for (int b = 0; b < prompts.size(); b++) {
      int[] p = prompts.get(b);
      check(p, b);
      System.arraycopy(p, 0, tokens, b * context, p.length);
      prompt[b] = p.length;
      limit[b] = (int) Math.min(context, (long) p.length + decoding.tokens());
    }
    session.write("tokens", tokens);
    session.write("start", new int[rows]);
    session.write("done", done);
    session.write("prompt", prompt);
    session.write("last", IntStream.of(prompt).map(n -> n - 1).toArray());
    session.write("limit", limit);
    session.write("identity", identity);
    for (String record : List.of("log_probability", "entropy", "top_mass")) {
      session.write(record, new float[rows * context]);
    }
    write(decoding);
    return IntStream.of(prompt).max().orElse(1);
  }

  private void check(int[] prompt, int row) {
    if (prompt.length < 1 || prompt.length >= config.context()) {
      throw new IllegalArgumentException(
          "prompt "
              + row
              + " has "
              + prompt.length
              + " tokens; between 1 and "
              + (config.context() - 1)
              + " leave room in the context");
    }
    for (int t : prompt) {
      if (t < 0 || t >= config.vocab()) {
        throw new IllegalArgumentException(
            "prompt " + row + " has token " + t + " outside the vocabulary of " + config.vocab());
      }
    }
  }

  private void write(Decoding d) {
    int rows = size.rows();
    float[] parameters = d.sampler().parameters();
    int[] rule = new int[2 * rows];
    float[] all = new float[4 * rows];
    float[] memory = new float[rows];
    for (int b = 0; b < rows; b++) {
      rule[2 * b] = d.sampler().rule();
      rule[2 * b + 1] = d.repeatLength();
      System.arraycopy(parameters, 0, all, 4 * b, 3);
      all[4 * b + 3] = (float) d.repeatPenalty();
      memory[b] = d.sampler().memory();
    }
    session.write("rule", rule);
    session.write("rule_parameters", all);
    session.write("memory", memory);
    if (d.stop().size() > size.stops()) {
      throw new IllegalArgumentException(
          d.stop().size() + " stop tokens, room for " + size.stops());
    }
    int[] stop = new int[size.stops()];
    Arrays.fill(stop, -1);
    for (int i = 0; i < d.stop().size(); i++) {
      stop[i] = d.stop().get(i);
    }
    session.write("stop", stop);
    session.write("banned", banned(d.banned()));
  }

  /** Ascending, so that the rows with a given beginning stand together; unused rows come first. */
  private int[] banned(List<List<Integer>> ngrams) {
    boolean fits =
        ngrams.size() <= size.bans() && ngrams.stream().allMatch(g -> g.size() == size.banLength());
    if (!fits) {
      throw new IllegalArgumentException(
          ngrams.size()
              + " banned n-grams; room for "
              + size.bans()
              + " of length "
              + size.banLength());
    }
    List<List<Integer>> sorted = new ArrayList<>(ngrams);
    sorted.sort(
        Comparator.comparing(
            g -> g.stream().mapToInt(Integer::intValue).toArray(), Arrays::compare));
    int[] out = new int[size.bans() * size.banLength()];
    Arrays.fill(out, -1);
    int at = out.length - ngrams.size() * size.banLength();
    for (List<Integer> g : sorted) {
      for (int t : g) {
        out[at++] = t;
      }
    }
    return out;
  }

  private List<Generation> read(List<int[]> prompts, Decoding d) {
    int context = config.context();
    int[] tokens = session.readInts("tokens");
    int[] start = session.readInts("start");
    float[] logProbability = session.read("log_probability");
    float[] entropy = session.read("entropy");
    float[] top = session.read("top_mass");
    List<Generation> out = new ArrayList<>();
    for (int b = 0; b < prompts.size(); b++) {
      int from = b * context;
      int to = from + start[b] + 1;
      boolean stopped =
          start[b] >= prompts.get(b).length && d.stop().contains(tokens[from + start[b]]);
      out.add(
          new Generation(
              Arrays.copyOfRange(tokens, from, to),
              prompts.get(b).length,
              stopped,
              Arrays.copyOfRange(logProbability, from, to),
              Arrays.copyOfRange(entropy, from, to),
              Arrays.copyOfRange(top, from, to)));
    }
    return out;
  }

  /** The session behind it, for measuring. */
  public Session session() {
    return session;
  }

  @Override
  public void close() {
    session.close();
  }
}
