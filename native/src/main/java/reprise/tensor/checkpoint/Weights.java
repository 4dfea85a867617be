package reprise.tensor.checkpoint;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reprise.tensor.ir.Shape;
import reprise.tensor.model.Decoder.Parameter;
import reprise.tensor.model.Transformer;
import reprise.tensor.model.TransformerConfig;

/**
 * Published tensors under our names: matrices [in, out], queries, keys and values apart or packed.
 */
final class Weights {
  private final Path folder;
  private final SafeTensors tensors;
  private final TransformerConfig config;
  private final String prefix;

  Weights(Path folder, SafeTensors tensors, TransformerConfig config) {
    this.folder = folder;
    this.tensors = tensors;
    this.config = config;
    this.prefix =
        tensors.names().stream().anyMatch(n -> n.startsWith("transformer.")) ? "transformer." : "";
  }

  /** Every parameter of the configuration. */
  Map<String, float[]> load(String type) throws DamagedFile {
    Map<String, float[]> out = new LinkedHashMap<>();
    for (Parameter p : Transformer.parameters(config)) {
      float[] w =
          switch (type) {
            case "gpt2" -> gpt2(p);
            case "gpt_neox" -> neox(p);
            default -> llama(p);
          };
      out.put(p.name(), w);
    }
    return out;
  }

  /** GPT-2 keeps its maps as [in, out] already (Conv1D). */
  private float[] gpt2(Parameter p) throws DamagedFile {
    String name =
        switch (stem(p.name())) {
          case "embedding" -> "wte.weight";
          case "position" -> "wpe.weight";
          case "norm" -> "ln_f";
          case "norm1" -> "ln_1";
          case "norm2" -> "ln_2";
          case "qkv" -> "attn.c_attn";
          case "attention_out" -> "attn.c_proj";
          case "mlp_in" -> "mlp.c_fc";
          case "mlp_out" -> "mlp.c_proj";
          default -> throw unknown(p);
        };
    String at = prefix + layer(p.name(), "h.") + name;
    return name.endsWith(".weight") ? exact(at, p.shape()) : exact(at + suffix(p), p.shape());
  }

  /** GPT-NeoX: one matrix of queries, keys and values, head by head [heads, 3, w]. */
  private float[] neox(Parameter p) throws DamagedFile {
    String at = layer(p.name(), "gpt_neox.layers.");
    String stem = stem(p.name());
    int part = List.of("query", "key", "value").indexOf(stem);
    if (part >= 0 || stem.equals("qkv")) {
      return part >= 0 ? headed(at, p, part) : packed(p, k -> headed(at, third(p), k));
    }
    return switch (stem) {
      case "embedding" -> exact("gpt_neox.embed_in.weight", p.shape());
      case "head" -> linear("embed_out.weight", p.shape());
      case "norm" -> exact("gpt_neox.final_layer_norm" + suffix(p), p.shape());
      case "norm1" -> exact(at + "input_layernorm" + suffix(p), p.shape());
      case "norm2" -> exact(at + "post_attention_layernorm" + suffix(p), p.shape());
      case "attention_out" -> map(at + "attention.dense", p);
      case "mlp_in" -> map(at + "mlp.dense_h_to_4h", p);
      case "mlp_out" -> map(at + "mlp.dense_4h_to_h", p);
      default -> throw unknown(p);
    };
  }

  private float[] headed(String at, Parameter p, int part) throws DamagedFile {
    int heads = config.heads().count();
    int w = config.heads().width();
    int d = config.width();
    boolean bias = isBias(p);
    Shape all = bias ? Shape.of(3 * heads * w) : Shape.of(3 * heads * w, d);
    float[] from = exact(at + "attention.query_key_value" + suffix(p), all);
    int in = bias ? 1 : d;
    float[] out = new float[heads * w * in];
    for (int j = 0; j < heads * w; j++) {
      int row = (j / w * 3 + part) * w + j % w;
      for (int i = 0; i < in; i++) {
        out[i * heads * w + j] = from[row * in + i];
      }
    }
    return out;
  }

  private float[] llama(Parameter p) throws DamagedFile {
    String at = layer(p.name(), "model.layers.");
    return switch (stem(p.name())) {
      case "embedding" -> exact("model.embed_tokens.weight", p.shape());
      case "head" -> linear("lm_head.weight", p.shape());
      case "norm" -> exact("model.norm.weight", p.shape());
      case "norm1" -> exact(at + "input_layernorm.weight", p.shape());
      case "norm2" -> exact(at + "post_attention_layernorm.weight", p.shape());
      case "query" -> map(at + "self_attn.q_proj", p);
      case "key" -> map(at + "self_attn.k_proj", p);
      case "value" -> map(at + "self_attn.v_proj", p);
      case "qkv" -> packed(p, k -> map(at + "self_attn." + "qkv".charAt(k) + "_proj", third(p)));
      case "attention_out" -> map(at + "self_attn.o_proj", p);
      case "mlp_gate" -> map(at + "mlp.gate_proj", p);
      case "mlp_in" -> map(at + "mlp.up_proj", p);
      case "mlp_out" -> map(at + "mlp.down_proj", p);
      default -> throw unknown(p);
    };
  }

  private interface Part {
    float[] get(int k) throws DamagedFile;
  }

  /** Three matrices side by side, or three biases. */
  private static float[] packed(Parameter p, Part part) throws DamagedFile {
    int rows = p.shape().rows();
    int n = p.shape().dim(-1) / 3;
    float[] out = new float[3 * rows * n];
    for (int k = 0; k < 3; k++) {
      float[] w = part.get(k);
      for (int i = 0; i < rows; i++) {
        System.arraycopy(w, i * n, out, (3 * i + k) * n, n);
      }
    }
    return out;
  }

  private static Parameter third(Parameter p) {
    return new Parameter(
        p.name(), p.role(), p.shape().withLast(p.shape().dim(-1) / 3), p.deviation());
  }

  /** A map's matrix, which is published as [out, in], or its bias. */
  private float[] map(String name, Parameter p) throws DamagedFile {
    return isBias(p) ? exact(name + ".bias", p.shape()) : linear(name + ".weight", p.shape());
  }

  private float[] linear(String name, Shape shape) throws DamagedFile {
    int in = shape.dim(0);
    int out = shape.dim(1);
    float[] from = exact(name, Shape.of(out, in));
    float[] to = new float[from.length];
    for (int i = 0; i < in; i++) {
      for (int j = 0; j < out; j++) {
        to[i * out + j] = from[j * in + i];
      }
    }
    return to;
  }

  private float[] exact(String name, Shape shape) throws DamagedFile {
    List<Long> expected = shape.dims().stream().map(Integer::longValue).toList();
    if (!tensors.names().contains(name)) {
      throw new DamagedFile(folder, "has no tensor '" + name + "' of shape " + expected);
    }
    if (!tensors.shape(name).equals(expected)) {
      throw new DamagedFile(
          folder,
          "tensor '" + name + "' has shape " + tensors.shape(name) + ", expected " + expected);
    }
    return tensors.floats(name);
  }

  private DamagedFile unknown(Parameter p) {
    return new DamagedFile(folder, "no published name for parameter '" + p.name() + "'");
  }

  private static boolean isBias(Parameter p) {
    return p.name().endsWith(".bias");
  }

  private static String suffix(Parameter p) {
    return isBias(p) ? ".bias" : ".weight";
  }

  /** layer3.qkv.bias is of layer 3. */
  private static String layer(String name, String prefix) {
    return name.startsWith("layer") ? prefix + name.substring(5, name.indexOf('.')) + "." : "";
  }

  /** layer3.qkv.bias is a qkv; norm.gain a norm. */
  private static String stem(String name) {
    String[] parts = name.split("\\.");
    return parts[name.startsWith("layer") ? 1 : 0];
  }
}
