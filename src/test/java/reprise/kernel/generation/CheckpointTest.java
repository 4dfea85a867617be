package reprise.kernel.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static reprise.dsl.Reprise.checkpoint;
import static reprise.dsl.Reprise.decoding;
import static reprise.dsl.Reprise.greedy;
import static reprise.dsl.Reprise.hyperfitting;
import static reprise.dsl.Reprise.nucleus;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.dsl.RunFailure;
import reprise.dsl.generation.DecodingComparison;
import reprise.dsl.generation.LanguageModel;
import reprise.dsl.generation.Prompting;
import reprise.dsl.hyperfit.HyperfitMeasures;
import reprise.dsl.hyperfit.Hyperfitting;
import reprise.kernel.data.TokenText;
import reprise.kernel.run.LocalEngine;
import reprise.kernel.store.RunStore;
import reprise.tensor.Backends;
import reprise.tensor.Session;
import reprise.tensor.SessionOptions;
import reprise.tensor.checkpoint.Pretrained;
import reprise.tensor.checkpoint.SafeTensorsFile;
import reprise.tensor.ir.Shape;
import reprise.tensor.model.Corpus;
import reprise.tensor.model.Generation;
import reprise.tensor.model.Training;
import reprise.tensor.model.Transformer;

/** A GPT-2 made here, with its tokenizer, as it would lie in a folder. */
@Tag("backend")
class CheckpointTest {
  private static final int POSITIONS = 40;
  private static final int WIDTH = 16;
  private static final int VOCABULARY = 96;

  @TempDir Path folder;
  private final Random random = new Random(4);
  private final SafeTensorsFile tensors = new SafeTensorsFile();

  private Path model() {
    return folder.resolve("tiny-gpt2");
  }

  private Path novel() {
    return folder.resolve("novel.txt");
  }

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(model());
    // printable ASCII, each a token, the space by its published letter
    JsonObject vocabulary = new JsonObject();
    vocabulary.addProperty("\u0120", 0);
    for (char c = '!'; c <= '~'; c++) {
      vocabulary.addProperty(String.valueOf(c), c - '!' + 1);
    }
    vocabulary.addProperty("\u010a", 95);
    Files.writeString(model().resolve("vocab.json"), vocabulary.toString());
    Files.writeString(model().resolve("merges.txt"), "#version: 0.2\n");
    Files.writeString(
        model().resolve("config.json"),
        "{\"model_type\":\"gpt2\",\"vocab_size\":"
            + VOCABULARY
            + ",\"n_positions\":"
            + POSITIONS
            + ",\"n_embd\":"
            + WIDTH
            + ",\"n_layer\":1,\"n_head\":2,\"activation_function\":\"gelu_new\"}");
    tensor("wte.weight", VOCABULARY, WIDTH);
    tensor("wpe.weight", POSITIONS, WIDTH);
    for (String norm : new String[] {"h.0.ln_1", "h.0.ln_2", "ln_f"}) {
      tensor(norm + ".weight", WIDTH);
      tensor(norm + ".bias", WIDTH);
    }
    map("h.0.attn.c_attn", WIDTH, 3 * WIDTH);
    map("h.0.attn.c_proj", WIDTH, WIDTH);
    map("h.0.mlp.c_fc", WIDTH, 4 * WIDTH);
    map("h.0.mlp.c_proj", 4 * WIDTH, WIDTH);
    tensors.write(model().resolve("model.safetensors"));
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < 12_000; i++) {
      text.append("It was sentence ").append(i * 7919 % 1013).append(" of the text. ");
    }
    Files.writeString(novel(), text.toString());
  }

  private void map(String name, int in, int out) {
    tensor(name + ".weight", in, out);
    tensor(name + ".bias", out);
  }

  private void tensor(String name, int... dims) {
    float[] x = new float[Shape.of(dims).size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (0.5 * random.nextGaussian());
    }
    tensors.add(name, Shape.of(dims), x);
  }

  private LocalEngine engine() {
    return new LocalEngine(Backends.best(), new RunStore(folder.resolve("store")), 1);
  }

  /** A shorter window changes nothing of what the model says within it. */
  @Test
  void writesWhatThePublishedWeightsSay() throws IOException {
    LanguageModel loaded = checkpoint(model()).on(novel()).context(30);
    TokenText text = BaseModel.text(loaded);
    assertThat(text.vocabulary().decode(Arrays.copyOf(text.train(), 16)))
        .isEqualTo("It was sentence ");
    BaseModel base = BaseModel.load(model(), 30);
    Pretrained published = Pretrained.load(model());
    try (Writing writing =
            Writing.open(Backends.best(), base.config(), new Prompting(2, 10, 20), text, 1);
        Session whole =
            Backends.reference()
                .open(
                    Transformer.program(
                        published.config(), Training.small(1, 1, 1), Corpus.text(99, 99, 1)),
                    SessionOptions.seed(1))) {
      writing.weights(base.weights()::get);
      for (Map.Entry<String, float[]> w : published.weights().entrySet()) {
        whole.write(w.getKey(), w.getValue());
      }
      for (Generation written : writing.write(greedy())) {
        whole.write("prompt", Arrays.copyOf(written.tokens(), POSITIONS));
        whole.run("logits", 1).orThrow();
        float[] logits = whole.output("logits", "logits");
        for (int t = written.prompt(); t < written.tokens().length; t++) {
          int best = 0;
          for (int v = 1; v < VOCABULARY; v++) {
            int row = (t - 1) * VOCABULARY;
            best = logits[row + v] > logits[row + best] ? v : best;
          }
          assertThat(written.tokens()[t]).isEqualTo(best);
        }
      }
    }
  }

  @Test
  void decodersAreComparedAndTheModelIsHyperfitted() {
    DecodingComparison comparison =
        decoding(checkpoint(model()).on(novel()).context(32))
            .with(greedy(), nucleus(0.9))
            .prompts(4)
            .given(8)
            .tokens(24);
    assertThat(comparison.plan().text())
        .startsWith("plan: decoders compared, tiny-gpt2 (23 KiB) on novel.txt\n")
        .contains("loaded from " + model() + " of ", " as 32-bit floats, context 32; 4 prompts");
    assertThat(comparison.result(engine().run(comparison.plan())).frame().rowCount()).isEqualTo(2);
    Hyperfitting fit =
        hyperfitting(comparison.model())
            .samples(8)
            .updates(120)
            .learningRate(0.01)
            .prompts(4)
            .given(8)
            .tokens(24)
            .readAfter(1);
    var result = fit.result(engine().run(fit.plan()));
    var readings = result.finished().getFirst().readings();
    assertThat(readings.value(HyperfitMeasures.TRAINING_LOSS, "hyperfitted"))
        .isLessThan(readings.value(HyperfitMeasures.TRAINING_LOSS, "epoch 1") / 3);
  }

  @Test
  void whatCannotBeLoadedIsSaid() throws IOException {
    assertThatThrownBy(() -> checkpoint(folder.resolve("none")).on(novel()))
        .hasMessage(
            "no checkpoint in "
                + folder.resolve("none")
                + "; give the folder with config.json, safetensors and tokenizer of a GPT-2,"
                + " GPT-NeoX (Pythia) or LLaMA model");
    assertThatThrownBy(() -> BaseModel.load(model(), 41))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            "the checkpoint in "
                + model()
                + " has 40 positions, fewer than the context of 41; ask for context(40) or less");
    Files.writeString(model().resolve("config.json"), "{}");
    assertThatThrownBy(() -> BaseModel.load(model(), 10))
        .hasMessageStartingWith("the checkpoint cannot be loaded: ");
  }
}
