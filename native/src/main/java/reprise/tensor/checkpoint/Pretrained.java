package reprise.tensor.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import reprise.tensor.model.DecoderConfig;
import reprise.tensor.model.DecoderConfig.Activation;
import reprise.tensor.model.DecoderConfig.Init;
import reprise.tensor.model.Transformer;
import reprise.tensor.model.TransformerConfig;
import reprise.tensor.model.TransformerConfig.Biases;
import reprise.tensor.model.TransformerConfig.FeedForward;
import reprise.tensor.model.TransformerConfig.Heads;
import reprise.tensor.model.TransformerConfig.Norm;
import reprise.tensor.model.TransformerConfig.Position;
import reprise.tensor.model.TransformerConfig.Residual;

/**
 * A model from a local folder with {@code config.json} and safetensors, as published: GPT-2 ({@code
 * model_type} gpt2), GPT-NeoX and Pythia (gpt_neox), LLaMA and Mistral (llama, mistral).
 *
 * @param config the model
 * @param weights by the names of {@link Transformer#parameters}
 */
public record Pretrained(TransformerConfig config, Map<String, float[]> weights) {
  private static final Init NO_INIT = new Init(0.02, 0.02, true, 1);

  /**
   * Loads a folder.
   *
   * @throws DamagedFile if a file is unsound, a tensor is missing or has another shape than the
   *     configuration says, or the configuration asks for what is not supported
   */
  public static Pretrained load(Path folder) throws IOException {
    Path file = folder.resolve("config.json");
    Settings s = new Settings(file, SafeTensors.jsonObject(file));
    TransformerConfig config =
        switch (s.text("model_type", "")) {
          case "gpt2" -> gpt2(s);
          case "gpt_neox" -> neox(s);
          case "llama", "mistral" -> llama(s);
          default ->
              throw new DamagedFile(
                  file,
                  "model_type '"
                      + s.text("model_type", "")
                      + "' is not one of gpt2, gpt_neox, llama, mistral");
        };
    try (SafeTensors tensors = SafeTensors.openFolder(folder)) {
      Weights weights = new Weights(folder, tensors, config);
      return new Pretrained(config, weights.load(s.text("model_type", "")));
    }
  }

  private static TransformerConfig gpt2(Settings s) throws DamagedFile {
    int width = s.number("n_embd");
    return s.build(() ->
        new TransformerConfig(
            s.number("vocab_size"),
            s.number("n_positions"),
            s.number("n_layer"),
            width,
            Heads.of(width, s.number("n_head")),
            new Position.Learned(),
            new Norm(DecoderConfig.Norm.LAYER, s.real("layer_norm_epsilon", 1e-5), true),
            new FeedForward.Plain(
                s.number("n_inner", 4 * width), s.activation("activation_function")),
            Residual.SEQUENTIAL,
            Biases.ALL,
            true,
            0,
            NO_INIT));
  }

  private static TransformerConfig neox(Settings s) throws DamagedFile {
    int width = s.number("hidden_size");
    s.absent("rope_scaling");
    s.refused("attention_bias", false);
    return s.build(() -> {
      Heads heads = Heads.of(width, s.number("num_attention_heads"));
      int rotated = (int) (s.real("rotary_pct", 0.25) * heads.width());
      return new TransformerConfig(
          s.number("vocab_size"),
          s.number("max_position_embeddings"),
          s.number("num_hidden_layers"),
          width,
          heads,
          new Position.Rotary(s.real("rotary_emb_base", 10_000), rotated, false),
          new Norm(DecoderConfig.Norm.LAYER, s.real("layer_norm_eps", 1e-5), true),
          new FeedForward.Plain(s.number("intermediate_size"), s.activation("hidden_act")),
          s.flag("use_parallel_residual", true) ? Residual.PARALLEL : Residual.SEQUENTIAL,
          Biases.ALL,
          s.flag("tie_word_embeddings", false),
          0,
          NO_INIT);
    });
  }

  private static TransformerConfig llama(Settings s) throws DamagedFile {
    int width = s.number("hidden_size");
    s.absent("rope_scaling");
    s.refused("attention_bias", true);
    s.refused("mlp_bias", true);
    s.noWindowBelow(s.number("max_position_embeddings"));
    return s.build(() -> {
      int count = s.number("num_attention_heads");
      int head = s.number("head_dim", width / Math.max(1, count));
      Heads heads = new Heads(count, s.number("num_key_value_heads", count), head);
      return new TransformerConfig(
          s.number("vocab_size"),
          s.number("max_position_embeddings"),
          s.number("num_hidden_layers"),
          width,
          heads,
          new Position.Rotary(s.real("rope_theta", 10_000), head, false),
          new Norm(DecoderConfig.Norm.RMS, s.real("rms_norm_eps", 1e-6), false),
          new FeedForward.Gated(s.number("intermediate_size"), s.activation("hidden_act")),
          Residual.SEQUENTIAL,
          Biases.NONE,
          s.flag("tie_word_embeddings", false),
          0,
          NO_INIT);
    });
  }

  /** Entries of a configuration. */
  record Settings(Path file, Map<?, ?> map) {
    /** A configuration from entries; what a record refuses is the file's fault. */
    interface Source {
      TransformerConfig get() throws DamagedFile;
    }

    TransformerConfig build(Source source) throws DamagedFile {
      try {
        return source.get();
      } catch (IllegalArgumentException e) {
        throw new DamagedFile(file, e.getMessage());
      }
    }

    String text(String key, String otherwise) throws DamagedFile {
      Object o = map.get(key);
      if (o != null && !(o instanceof String)) {
        throw new DamagedFile(file, key + " is not text: " + o);
      }
      return o == null ? otherwise : (String) o;
    }

    int number(String key) throws DamagedFile {
      if (map.get(key) instanceof Long n && n >= 1 && n <= 1 << 24) {
        return n.intValue();
      }
      throw new DamagedFile(file, key + " must be a number from 1 to 2^24, got " + map.get(key));
    }

    int number(String key, int otherwise) throws DamagedFile {
      return map.get(key) == null ? otherwise : number(key);
    }

    double real(String key, double otherwise) throws DamagedFile {
      Object o = map.get(key);
      if (o != null && !(o instanceof Number)) {
        throw new DamagedFile(file, key + " is not a number: " + o);
      }
      return o == null ? otherwise : ((Number) o).doubleValue();
    }

    boolean flag(String key, boolean otherwise) throws DamagedFile {
      Object o = map.get(key);
      if (o != null && !(o instanceof Boolean)) {
        throw new DamagedFile(file, key + " is neither true nor false: " + o);
      }
      return o == null ? otherwise : (Boolean) o;
    }

    /** A flag that would make another model of the same weights. */
    void refused(String key, boolean value) throws DamagedFile {
      if (map.get(key) != null && flag(key, !value) == value) {
        throw new DamagedFile(file, key + " is not supported: " + value);
      }
    }

    /** Attention to the last tokens only is not built; a window that holds all is none. */
    void noWindowBelow(int positions) throws DamagedFile {
      if (map.get("sliding_window") != null
          && flag("use_sliding_window", true)
          && number("sliding_window") < positions) {
        throw new DamagedFile(
            file,
            "sliding_window is not supported: "
                + map.get("sliding_window")
                + " of "
                + positions
                + " positions; lower max_position_embeddings to the window to load it");
      }
    }

    void absent(String key) throws DamagedFile {
      if (map.get(key) != null) {
        throw new DamagedFile(file, key + " is not supported: " + map.get(key));
      }
    }

    Activation activation(String key) throws DamagedFile {
      String name = text(key, "gelu_new");
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "gelu_new", "gelu_pytorch_tanh", "gelu_fast" -> Activation.GELU;
        case "gelu" -> Activation.GELU_EXACT;
        case "relu" -> Activation.RELU;
        case "silu", "swish" -> Activation.SILU;
        default -> throw new DamagedFile(file, key + " '" + name + "' is not supported");
      };
    }
  }
}
