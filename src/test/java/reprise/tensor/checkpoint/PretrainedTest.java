package reprise.tensor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.tensor.Backends;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.ir.Shape;
import reprise.tensor.model.Corpus;
import reprise.tensor.model.Training;
import reprise.tensor.model.Transformer;

/**
 * Published layouts under our names: small models made here, their logits computed by plain loops
 * that follow the published tensors and nothing of ours.
 */
@Tag("backend")
class PretrainedTest {
  private static final int VOCAB = 13;
  private static final int T = 6;
  private static final int D = 8;
  private static final int HIDDEN = 12;
  private static final int[] PROMPT = {3, 1, 4, 1, 5, 9};

  @TempDir Path folder;
  private final Map<String, float[]> tensors = new HashMap<>();
  private final SafeTensorsFile file = new SafeTensorsFile();
  private final Random random = new Random(8);

  private void tensor(String name, int... dims) {
    float[] x = new float[Shape.of(dims).size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (0.4 * random.nextGaussian());
    }
    tensors.put(name, x);
    file.add(name, Shape.of(dims), x);
  }

  private void write(String config) throws IOException {
    Files.writeString(folder.resolve("config.json"), config);
    file.write(folder.resolve("model.safetensors"));
  }

  /** Rows of PROMPT's logits by our program. */
  private double[][] ours() throws IOException {
    Pretrained m = Pretrained.load(folder);
    try (Session s =
        Backends.best()
            .open(
                Transformer.program(m.config(), Training.small(1, 1, 1), Corpus.text(20, 20, 1)),
                SessionOptions.seed(1))) {
      m.weights().forEach(s::write);
      s.write("prompt", PROMPT);
      s.run("logits", 1).orThrow();
      float[] x = s.output("logits", "logits");
      double[][] rows = new double[T][VOCAB];
      for (int t = 0; t < T; t++) {
        for (int v = 0; v < VOCAB; v++) {
          rows[t][v] = x[t * VOCAB + v];
        }
      }
      return rows;
    }
  }

  private static void same(double[][] got, double[][] expected) {
    double largest = 0;
    for (int t = 0; t < T; t++) {
      for (int v = 0; v < VOCAB; v++) {
        largest = Math.max(largest, Math.abs(expected[t][v]));
        assertThat(got[t][v]).isCloseTo(expected[t][v], Offset.offset(2e-5));
      }
    }
    assertThat(largest).isGreaterThan(0.3);
  }

  /** y = x W' + b, W [out, in] as torch.nn.Linear keeps it. */
  private double[][] linear(double[][] x, String name, int out, boolean bias) {
    float[] w = tensors.get(name + ".weight");
    double[][] y = new double[x.length][out];
    for (int t = 0; t < x.length; t++) {
      for (int o = 0; o < out; o++) {
        y[t][o] = bias ? tensors.get(name + ".bias")[o] : 0;
        for (int i = 0; i < x[t].length; i++) {
          y[t][o] += x[t][i] * w[o * x[t].length + i];
        }
      }
    }
    return y;
  }

  /** y = x W + b, W [in, out] as GPT-2's Conv1D keeps it. */
  private double[][] conv1d(double[][] x, String name, int out) {
    float[] w = tensors.get(name + ".weight");
    double[][] y = new double[x.length][out];
    for (int t = 0; t < x.length; t++) {
      for (int o = 0; o < out; o++) {
        y[t][o] = tensors.get(name + ".bias")[o];
        for (int i = 0; i < x[t].length; i++) {
          y[t][o] += x[t][i] * w[i * out + o];
        }
      }
    }
    return y;
  }

  private double[][] layerNorm(double[][] x, String name) {
    double[][] y = new double[x.length][D];
    for (int t = 0; t < x.length; t++) {
      double mean = 0;
      double square = 0;
      for (double v : x[t]) {
        mean += v / D;
      }
      for (double v : x[t]) {
        square += (v - mean) * (v - mean) / D;
      }
      for (int i = 0; i < D; i++) {
        y[t][i] =
            (x[t][i] - mean) / Math.sqrt(square + 1e-5) * tensors.get(name + ".weight")[i]
                + tensors.get(name + ".bias")[i];
      }
    }
    return y;
  }

  private double[][] rmsNorm(double[][] x, String name) {
    double[][] y = new double[x.length][D];
    for (int t = 0; t < x.length; t++) {
      double square = 0;
      for (double v : x[t]) {
        square += v * v / D;
      }
      for (int i = 0; i < D; i++) {
        y[t][i] = x[t][i] / Math.sqrt(square + 1e-6) * tensors.get(name + ".weight")[i];
      }
    }
    return y;
  }

  private double[][] rows(String name, double[][] plus) {
    double[][] x = new double[T][D];
    for (int t = 0; t < T; t++) {
      for (int i = 0; i < D; i++) {
        x[t][i] = tensors.get(name)[PROMPT[t] * D + i] + (plus == null ? 0 : plus[t][i]);
      }
    }
    return x;
  }

  private static double[][] add(double[][] a, double[][] b) {
    double[][] y = new double[a.length][];
    for (int t = 0; t < a.length; t++) {
      y[t] = a[t].clone();
      for (int i = 0; i < y[t].length; i++) {
        y[t][i] += b[t][i];
      }
    }
    return y;
  }

  private static double[][] columns(double[][] x, int from, int n) {
    double[][] y = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      y[t] = java.util.Arrays.copyOfRange(x[t], from, from + n);
    }
    return y;
  }

  /** Rotates the first components of one head's rows as apply_rotary_pos_emb does. */
  private static void rotate(double[][] x, int rotated) {
    for (int t = 0; t < x.length; t++) {
      double[] old = x[t].clone();
      for (int i = 0; i < rotated; i++) {
        int half = rotated / 2;
        double angle = t * Math.pow(10_000, -2.0 * (i % half) / rotated);
        double other = i < half ? -old[i + half] : old[i - half];
        x[t][i] = old[i] * Math.cos(angle) + other * Math.sin(angle);
      }
    }
  }

  /** One head of causal attention added into columns of y. */
  private static void attend(double[][] q, double[][] k, double[][] v, double[][] y, int at) {
    int w = q[0].length;
    for (int t = 0; t < q.length; t++) {
      double[] p = new double[t + 1];
      double total = 0;
      for (int s = 0; s <= t; s++) {
        for (int i = 0; i < w; i++) {
          p[s] += q[t][i] * k[s][i] / Math.sqrt(w);
        }
        p[s] = Math.exp(p[s]);
        total += p[s];
      }
      for (int s = 0; s <= t; s++) {
        for (int i = 0; i < w; i++) {
          y[t][at + i] += p[s] / total * v[s][i];
        }
      }
    }
  }

  private static double erf(double x) {
    // Simpson's rule on 2/sqrt(pi) e^(-t^2)
    int n = 2000;
    double sum = 0;
    for (int i = 0; i <= n; i++) {
      double t = x * i / n;
      sum += (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2) * Math.exp(-t * t);
    }
    return 2 / Math.sqrt(Math.PI) * sum * x / n / 3;
  }

  private static double[][] map(double[][] x, java.util.function.DoubleUnaryOperator f) {
    double[][] y = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      y[t] = java.util.Arrays.stream(x[t]).map(f).toArray();
    }
    return y;
  }

  private void gpt2Tensors(String prefix) {
    tensor(prefix + "wte.weight", VOCAB, D);
    tensor(prefix + "wpe.weight", T, D);
    for (int l = 0; l < 2; l++) {
      String at = prefix + "h." + l + ".";
      for (String norm : new String[] {"ln_1", "ln_2"}) {
        tensor(at + norm + ".weight", D);
        tensor(at + norm + ".bias", D);
      }
      tensor(at + "attn.c_attn.weight", D, 3 * D);
      tensor(at + "attn.c_attn.bias", 3 * D);
      tensor(at + "attn.c_proj.weight", D, D);
      tensor(at + "attn.c_proj.bias", D);
      tensor(at + "mlp.c_fc.weight", D, HIDDEN);
      tensor(at + "mlp.c_fc.bias", HIDDEN);
      tensor(at + "mlp.c_proj.weight", HIDDEN, D);
      tensor(at + "mlp.c_proj.bias", D);
    }
    tensor(prefix + "ln_f.weight", D);
    tensor(prefix + "ln_f.bias", D);
  }

  private static final String GPT2 =
      """
      {"model_type":"gpt2","vocab_size":13,"n_positions":6,"n_layer":2,"n_embd":8,"n_head":2,
       "n_inner":12,"layer_norm_epsilon":1e-05,"activation_function":"gelu_new"}
      """;

  @Test
  void gpt2() throws IOException {
    gpt2Tensors("transformer.");
    write(GPT2);
    double[][] positions = new double[T][D];
    for (int t = 0; t < T; t++) {
      for (int i = 0; i < D; i++) {
        positions[t][i] = tensors.get("transformer.wpe.weight")[t * D + i];
      }
    }
    double[][] x = rows("transformer.wte.weight", positions);
    for (int l = 0; l < 2; l++) {
      String at = "transformer.h." + l + ".";
      double[][] qkv = conv1d(layerNorm(x, at + "ln_1"), at + "attn.c_attn", 3 * D);
      double[][] y = new double[T][D];
      for (int h = 0; h < 2; h++) {
        attend(
            columns(qkv, 4 * h, 4),
            columns(qkv, D + 4 * h, 4),
            columns(qkv, 2 * D + 4 * h, 4),
            y,
            4 * h);
      }
      x = add(x, conv1d(y, at + "attn.c_proj", D));
      double[][] hidden = conv1d(layerNorm(x, at + "ln_2"), at + "mlp.c_fc", HIDDEN);
      hidden =
          map(
              hidden,
              v -> v / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v))));
      x = add(x, conv1d(hidden, at + "mlp.c_proj", D));
    }
    tensors.put("tied.weight", tensors.get("transformer.wte.weight"));
    same(ours(), linear(layerNorm(x, "transformer.ln_f"), "tied", VOCAB, false));
  }

  @Test
  void neox() throws IOException {
    tensor("gpt_neox.embed_in.weight", VOCAB, D);
    for (int l = 0; l < 2; l++) {
      String at = "gpt_neox.layers." + l + ".";
      for (String norm : new String[] {"input_layernorm", "post_attention_layernorm"}) {
        tensor(at + norm + ".weight", D);
        tensor(at + norm + ".bias", D);
      }
      tensor(at + "attention.query_key_value.weight", 3 * D, D);
      tensor(at + "attention.query_key_value.bias", 3 * D);
      tensor(at + "attention.dense.weight", D, D);
      tensor(at + "attention.dense.bias", D);
      tensor(at + "mlp.dense_h_to_4h.weight", HIDDEN, D);
      tensor(at + "mlp.dense_h_to_4h.bias", HIDDEN);
      tensor(at + "mlp.dense_4h_to_h.weight", D, HIDDEN);
      tensor(at + "mlp.dense_4h_to_h.bias", D);
    }
    tensor("gpt_neox.final_layer_norm.weight", D);
    tensor("gpt_neox.final_layer_norm.bias", D);
    tensor("embed_out.weight", VOCAB, D);
    write(
        """
        {"model_type":"gpt_neox","vocab_size":13,"max_position_embeddings":6,"hidden_size":8,
         "num_hidden_layers":2,"num_attention_heads":2,"intermediate_size":12,"rotary_pct":0.5,
         "rotary_emb_base":10000,"layer_norm_eps":1e-05,"hidden_act":"gelu",
         "use_parallel_residual":true,"tie_word_embeddings":false}
        """);
    double[][] x = rows("gpt_neox.embed_in.weight", null);
    for (int l = 0; l < 2; l++) {
      String at = "gpt_neox.layers." + l + ".";
      double[][] qkv =
          linear(layerNorm(x, at + "input_layernorm"), at + "attention.query_key_value", 24, true);
      double[][] y = new double[T][D];
      for (int h = 0; h < 2; h++) {
        double[][] q = columns(qkv, 12 * h, 4);
        double[][] k = columns(qkv, 12 * h + 4, 4);
        rotate(q, 2);
        rotate(k, 2);
        attend(q, k, columns(qkv, 12 * h + 8, 4), y, 4 * h);
      }
      double[][] hidden =
          linear(layerNorm(x, at + "post_attention_layernorm"), at + "mlp.dense_h_to_4h", 12, true);
      hidden = map(hidden, v -> v / 2 * (1 + erf(v / Math.sqrt(2))));
      double[][] mlp = linear(hidden, at + "mlp.dense_4h_to_h", D, true);
      x = add(add(x, linear(y, at + "attention.dense", D, true)), mlp);
    }
    same(ours(), linear(layerNorm(x, "gpt_neox.final_layer_norm"), "embed_out", VOCAB, false));
  }

  private void llama(int groups) throws IOException {
    tensor("model.embed_tokens.weight", VOCAB, D);
    for (int l = 0; l < 2; l++) {
      String at = "model.layers." + l + ".";
      tensor(at + "input_layernorm.weight", D);
      tensor(at + "post_attention_layernorm.weight", D);
      tensor(at + "self_attn.q_proj.weight", D, D);
      tensor(at + "self_attn.k_proj.weight", groups * 4, D);
      tensor(at + "self_attn.v_proj.weight", groups * 4, D);
      tensor(at + "self_attn.o_proj.weight", D, D);
      tensor(at + "mlp.gate_proj.weight", HIDDEN, D);
      tensor(at + "mlp.up_proj.weight", HIDDEN, D);
      tensor(at + "mlp.down_proj.weight", D, HIDDEN);
    }
    tensor("model.norm.weight", D);
    tensor("lm_head.weight", VOCAB, D);
    write(
        """
        {"model_type":"llama","vocab_size":13,"max_position_embeddings":6,"hidden_size":8,
         "num_hidden_layers":2,"num_attention_heads":2,"num_key_value_heads":%d,
         "intermediate_size":12,"rms_norm_eps":1e-06,"hidden_act":"silu","rope_theta":10000.0,
         "rope_scaling":null,"tie_word_embeddings":false}
        """
            .formatted(groups));
    double[][] x = rows("model.embed_tokens.weight", null);
    for (int l = 0; l < 2; l++) {
      String at = "model.layers." + l + ".";
      double[][] normal = rmsNorm(x, at + "input_layernorm");
      double[][] q = linear(normal, at + "self_attn.q_proj", D, false);
      double[][] k = linear(normal, at + "self_attn.k_proj", groups * 4, false);
      double[][] v = linear(normal, at + "self_attn.v_proj", groups * 4, false);
      double[][] y = new double[T][D];
      for (int h = 0; h < 2; h++) {
        int g = h / (2 / groups);
        double[][] qh = columns(q, 4 * h, 4);
        double[][] kh = columns(k, 4 * g, 4);
        rotate(qh, 4);
        rotate(kh, 4);
        attend(qh, kh, columns(v, 4 * g, 4), y, 4 * h);
      }
      x = add(x, linear(y, at + "self_attn.o_proj", D, false));
      normal = rmsNorm(x, at + "post_attention_layernorm");
      double[][] gate = linear(normal, at + "mlp.gate_proj", HIDDEN, false);
      double[][] up = linear(normal, at + "mlp.up_proj", HIDDEN, false);
      for (int t = 0; t < T; t++) {
        for (int i = 0; i < HIDDEN; i++) {
          up[t][i] *= gate[t][i] / (1 + Math.exp(-gate[t][i]));
        }
      }
      x = add(x, linear(up, at + "mlp.down_proj", D, false));
    }
    same(ours(), linear(rmsNorm(x, "model.norm"), "lm_head", VOCAB, false));
  }

  @Test
  void llamaWithGroupedHeads() throws IOException {
    llama(1);
  }

  @Test
  void llamaWithAsManyHeads() throws IOException {
    llama(2);
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    gpt2Tensors("");
    write(GPT2.replace("\"n_layer\":2", "\"n_layer\":3"));
    assertThatThrownBy(() -> Pretrained.load(folder))
        .isInstanceOf(DamagedFile.class)
        .hasMessage(folder + ": has no tensor 'h.2.ln_1.weight' of shape [8]");
    Files.writeString(folder.resolve("config.json"), GPT2.replace("\"n_head\":2", "\"n_head\":3"));
    assertThatThrownBy(() -> Pretrained.load(folder))
        .hasMessageEndingWith("config.json: heads must divide width: width 8, heads 3");
    Files.writeString(folder.resolve("config.json"), GPT2.replace("gelu_new", "mish"));
    assertThatThrownBy(() -> Pretrained.load(folder))
        .hasMessageEndingWith("activation_function 'mish' is not supported");
    Files.writeString(
        folder.resolve("config.json"), GPT2.replace("\"n_inner\":12", "\"n_inner\":9"));
    assertThatThrownBy(() -> Pretrained.load(folder))
        .hasMessageEndingWith("tensor 'h.0.mlp.c_fc.weight' has shape [8, 12], expected [8, 9]");
    String llama =
        "{\"model_type\":\"mistral\",\"vocab_size\":13,\"max_position_embeddings\":64,"
            + "\"hidden_size\":8,\"num_hidden_layers\":1,\"num_attention_heads\":2,"
            + "\"intermediate_size\":12,\"hidden_act\":\"silu\",%s}";
    Files.writeString(folder.resolve("config.json"), llama.formatted("\"sliding_window\":16"));
    assertThatThrownBy(() -> Pretrained.load(folder))
        .hasMessageEndingWith(
            "sliding_window is not supported: 16 of 64 positions; lower max_position_embeddings to"
                + " the window to load it");
    Files.writeString(folder.resolve("config.json"), llama.formatted("\"attention_bias\":true"));
    assertThatThrownBy(() -> Pretrained.load(folder))
        .hasMessageEndingWith("attention_bias is not supported: true");
    Files.writeString(folder.resolve("config.json"), "{\"model_type\":\"bert\"}");
    assertThatThrownBy(() -> Pretrained.load(folder))
        .hasMessageEndingWith("model_type 'bert' is not one of gpt2, gpt_neox, llama, mistral");
  }
}
