package reprise.tensor.model;

import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Incremental;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;
import reprise.tensor.model.Decoder.Parameter;
import reprise.tensor.model.Decoder.Role;
import reprise.tensor.model.TransformerConfig.Heads;

/**
 * The program behind {@link Generator}. Functions: {@code begin} puts a trained prefix into the
 * caches, {@code prefill} takes up to {@link #CHUNK} tokens of each prompt into them, {@code
 * decode} one token of each row, and chooses the next. Matrices are packed, see {@link
 * Incremental.Project}; the state {@code head} is the packed output head.
 */
final class GeneratorProgram {
  /** Tokens of a prompt that enter the caches in one step. */
  static final int CHUNK = 32;

  private static final int SAMPLING_STREAM = 77;

  private final TransformerConfig config;
  private final Generator.Size size;

  private GeneratorProgram(TransformerConfig config, Generator.Size size) {
    this.config = config;
    this.size = size;
  }

  static Program of(TransformerConfig config, Generator.Size size) {
    return new GeneratorProgram(config, size).build();
  }

  private Program build() {
    ProgramBuilder b = Program.builder("generator");
    for (Parameter p : Network.parameters(config)) {
      b.state(p.name(), stored(p), State.Kind.PARAMETER);
    }
    if (config.tied()) {
      TensorType head = Incremental.packed(config.width(), config.vocab());
      b.state("head", head, State.Kind.PARAMETER);
    }
    caches(b);
    rows(b);
    if (config.prefix() > 0) {
      b.function("begin", this::begin);
    }
    b.function("prefill", this::prefill);
    b.function("decode", this::decode);
    return b.build();
  }

  /** Packed where a parameter is multiplied, as it is where it is looked up or added. */
  static TensorType stored(Parameter p) {
    return isPacked(p)
        ? Incremental.packed(p.shape().dim(0), p.shape().dim(1))
        : new TensorType(TensorType.f32().dtype(), p.shape());
  }

  static boolean isPacked(Parameter p) {
    return p.shape().rank() == 2 && (p.role() == Role.MATRIX || p.role() == Role.HEAD);
  }

  private void caches(ProgramBuilder b) {
    Heads h = config.heads();
    int slots = config.prefix() + config.context();
    for (int l = 0; l < config.layers(); l++) {
      TensorType keys = TensorType.f32(size.rows(), h.groups(), h.width(), slots);
      b.state("layer" + l + ".keys", keys, State.Kind.COUNTER);
      TensorType values = TensorType.f32(size.rows(), h.groups(), slots, h.width());
      b.state("layer" + l + ".values", values, State.Kind.COUNTER);
    }
  }

  private void rows(ProgramBuilder b) {
    int n = size.rows();
    TensorType ints = TensorType.i32(n);
    TensorType record = TensorType.f32(n, config.context());
    b.state("tokens", TensorType.i32(n, config.context()), State.Kind.COUNTER);
    b.state("start", ints, State.Kind.COUNTER);
    b.state("done", ints, State.Kind.COUNTER);
    b.state("memory", TensorType.f32(n), State.Kind.COUNTER);
    b.state("log_probability", record, State.Kind.COUNTER);
    b.state("entropy", record, State.Kind.COUNTER);
    b.state("top_mass", record, State.Kind.COUNTER);
    for (String name : new String[] {"prompt", "last", "limit", "identity"}) {
      b.state(name, ints, State.Kind.DATA);
    }
    b.state("rule", TensorType.i32(n, 2), State.Kind.DATA);
    b.state("rule_parameters", TensorType.f32(n, 4), State.Kind.DATA);
    b.state("stop", TensorType.i32(size.stops()), State.Kind.DATA);
    b.state("banned", TensorType.i32(size.bans(), size.banLength()), State.Kind.DATA);
  }

  private void begin(FunctionBuilder f) {
    Value zero = f.fill(0, TensorType.i32(size.rows()));
    for (int l = 0; l < config.layers(); l++) {
      String at = "layer" + l + ".";
      Value keys = f.read(at + "prefix_key").expand(0, size.rows());
      Value values = f.read(at + "prefix_value").expand(0, size.rows());
      f.update(
          at + "keys",
          f.apply(new Incremental.CacheAppend(true, 0), f.read(at + "keys"), keys, zero));
      f.update(
          at + "values",
          f.apply(new Incremental.CacheAppend(false, 0), f.read(at + "values"), values, zero));
    }
  }

  private void prefill(FunctionBuilder f) {
    Value start = f.read("start");
    Value tokens = f.apply(new Incremental.TokensAt(CHUNK), f.read("tokens"), start);
    new CachedNetwork(config, f).hidden(tokens);
    f.update("start", f.apply(new Incremental.Advance(CHUNK), start, f.read("last")));
  }

  private void decode(FunctionBuilder f) {
    Value start = f.read("start");
    Value token = f.apply(new Incremental.TokensAt(1), f.read("tokens"), start);
    Value logits = new CachedNetwork(config, f).logits(token).reshape(size.rows(), config.vocab());
    String[] kept = {"tokens", "start", "done", "memory", "log_probability", "entropy", "top_mass"};
    String[] given = {"prompt", "limit", "identity", "rule", "rule_parameters", "stop", "banned"};
    Value[] in = new Value[1 + kept.length + given.length];
    in[0] = logits;
    for (int i = 0; i < kept.length; i++) {
      in[1 + i] = f.read(kept[i]);
    }
    for (int i = 0; i < given.length; i++) {
      in[1 + kept.length + i] = f.read(given[i]);
    }
    var next = f.applyAll(new Incremental.SampleNext(SAMPLING_STREAM), in);
    for (int i = 0; i < kept.length; i++) {
      f.update(kept[i], next.get(i));
    }
    f.output("logits", logits);
  }
}
