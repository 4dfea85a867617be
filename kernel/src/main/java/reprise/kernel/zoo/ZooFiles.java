package reprise.kernel.zoo;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import reprise.dsl.RunFailure;
import reprise.dsl.result.Reading;
import reprise.dsl.result.Readings;
import reprise.dsl.zoo.Descent;
import reprise.dsl.zoo.ZooTask;
import reprise.tensor.checkpoint.SafeTensorsFile;
import reprise.tensor.ir.Shape;

/**
 * The files of a trained model in the layout of the published zoos (2504.18072): {@code
 * params.json} with flat keys, {@code result.jsonl} with a line an epoch, and weights as
 * safetensors in {@code checkpoint_00000e} for six epochs, the last one among them.
 */
final class ZooFiles {
  private static final int CHECKPOINTS = 6;

  /** Names of the published zoos for our measures. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("top Hessian eigenvalue", "hessian_top_ev_val"),
          Map.entry("Hessian trace", "hessian_trace_train"),
          Map.entry("mode connectivity", "curve_mc_train_error"),
          Map.entry("mode connectivity, random start", "curve_mc_train_error_random_start"),
          Map.entry("linear connectivity", "line_train_error"),
          Map.entry("linear connectivity, aligned", "line_train_error_aligned"),
          Map.entry("gain of averaging aligned seeds", "gitrebasin_acc_test_delta"),
          Map.entry("gain of averaging epochs", "wiseft_acc_test_delta"),
          Map.entry("loss of pruning 80 %", "pruning_80_acc_test_loss"),
          Map.entry("CKA of logits", "representation_similarity"),
          Map.entry("CKA of softmax on mixup", "representation_similarity_mixup"));

  private ZooFiles() {}

  static void write(Path folder, ZooTask task, CellTraining.Trained model, Readings readings) {
    try {
      Files.writeString(folder.resolve("params.json"), params(task) + "\n");
      Files.write(folder.resolve("result.jsonl"), lines(model, readings));
      int epochs = model.epochs().size();
      for (int k = 1; k <= CHECKPOINTS; k++) {
        int epoch = Math.max(1, epochs * k / CHECKPOINTS);
        ZooModel weights = epoch == epochs ? model.model() : model.kept().get(epoch - 1);
        Path at = folder.resolve(checkpoint(epoch));
        Files.createDirectories(at);
        save(at.resolve("model.safetensors"), task, weights, epoch);
      }
    } catch (IOException failure) {
      throw new RunFailure("the files of " + task.id() + " cannot be written: " + folder, failure);
    }
  }

  static String checkpoint(int epoch) {
    return String.format(Locale.ROOT, "checkpoint_%06d", epoch);
  }

  private static void save(Path file, ZooTask task, ZooModel model, int epoch) throws IOException {
    SafeTensorsFile out =
        new SafeTensorsFile().metadata("run", task.id()).metadata("epoch", String.valueOf(epoch));
    Map<String, Shape> shapes = shapes(task);
    model.weights().forEach((name, values) -> out.add(name, shapes.get(name), values));
    out.write(file);
  }

  /** Weights [in, out] and biases [out] by name. */
  static Map<String, Shape> shapes(ZooTask task) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    int in = task.data().features();
    for (int l = 0; l <= task.model().layers(); l++) {
      int out = l == task.model().layers() ? task.data().classes() : task.model().width();
      shapes.put("layer" + l, Shape.of(in, out));
      shapes.put("layer" + l + ".bias", Shape.of(out));
      in = out;
    }
    return shapes;
  }

  private static JsonObject params(ZooTask task) {
    Descent d = task.descent();
    JsonObject p = new JsonObject();
    p.addProperty("model::type", "MLP");
    p.addProperty("model::width", task.model().width());
    p.addProperty("model::layers", task.model().layers());
    p.addProperty("model::i_dim", task.data().features());
    p.addProperty("model::o_dim", task.data().classes());
    p.addProperty("model::nlin", "relu");
    p.addProperty("model::init_type", "kaiming_normal");
    p.addProperty("dataset::name", task.data().label());
    p.addProperty("dataset::label_noise", task.data().noise().share());
    p.addProperty("optim::optimizer", "sgd");
    p.addProperty("optim::lr", d.rate());
    p.addProperty("optim::momentum", d.momentum());
    p.addProperty("optim::wd", d.weightDecay());
    p.addProperty("training::batchsize", d.batch());
    p.addProperty("training::epochs_train", d.epochs());
    p.addProperty("seed", task.seed());
    return p;
  }

  private static List<String> lines(CellTraining.Trained model, Readings readings) {
    List<String> lines = new ArrayList<>();
    for (int e = 0; e < model.epochs().size(); e++) {
      CellTraining.Epoch epoch = model.epochs().get(e);
      JsonObject line = new JsonObject();
      line.addProperty("training_iteration", e + 1);
      line.addProperty("train_loss", epoch.trainLoss());
      line.addProperty("train_acc", epoch.trainAccuracy());
      line.addProperty("test_loss", epoch.testLoss());
      line.addProperty("test_acc", epoch.testAccuracy());
      line.addProperty("ggap", epoch.trainAccuracy() - epoch.testAccuracy());
      if (e == model.epochs().size() - 1) {
        measures(line, readings);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static void measures(JsonObject line, Readings readings) {
    for (Reading r : readings.values()) {
      String name = NAMES.get(r.measure().name());
      if (name != null) {
        String key = r.at().isEmpty() ? name : name + "::" + r.at().replace(' ', '_');
        line.add(
            key, Double.isFinite(r.value()) ? new JsonPrimitive(r.value()) : JsonNull.INSTANCE);
        boolean logarithm = r.at().isEmpty() && name.startsWith("hessian") && r.value() > 0;
        if (logarithm) {
          line.addProperty("log_" + name, Math.log(r.value()));
        }
      }
    }
  }
}
