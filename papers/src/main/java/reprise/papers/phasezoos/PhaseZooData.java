package reprise.papers.phasezoos;

import java.net.URI;
import java.util.List;
import reprise.dsl.data.Columns;
import reprise.dsl.data.DataSet;

/** Published numbers: where they stand and how they were read off. */
public final class PhaseZooData {
  /**
   * The 210 cells behind Yang et al.'s width x batch maps of ResNet-18 on CIFAR-10, means over 5
   * seeds: 14 widths, 15 batch sizes. Test accuracy is missing at batch 19 and 27, whose files the
   * archive lacks. The trace is of one batch of 200 training samples, connectivity is in points of
   * training error, similarity is that of softmax outputs on mixed images.
   */
  public static final DataSet YANG_CELLS =
      new DataSet(
          "yang2021_width_batch",
          "Yang et al. 2021, the archive behind their width x batch phase plots",
          "MIT",
          URI.create(
              "https://raw.githubusercontent.com/nsfzyzz/loss_landscape_taxonomy/"
                  + "c1ec1fd59a6af5f72d4ff23679abb2f815f69101/workspace/checkpoint/results.tar.gz"),
          List.of(
              new DataSet.Form(
                  "yang2021_resnet18_cifar10_width_batch.csv",
                  32_473,
                  "2a4b007b8401375da0c45bde4667ef77f15218cef97f3db8e1c25362979c2d18",
                  new Columns.Sheet(
                      "width",
                      List.of(
                          new Columns.Name("load", "width"),
                          new Columns.Name("temperature", "batch_size"),
                          new Columns.Name("train_loss", "train_loss"),
                          new Columns.Name("train_accuracy", "train_acc"),
                          new Columns.Name("test_accuracy", "test_acc"),
                          new Columns.Name("trace", "hess_trace"),
                          new Columns.Name("connectivity", "mc_train_err"),
                          new Columns.Name("similarity", "cka_softmax"))))));

  /** Cells narrower than this hardly train and stand outside the paper's figures. */
  public static final int LEAST_WIDTH = 2;

  /** Limits of ln Tr(H) that the order of phases must not depend on. */
  public static final List<Double> LOG_TRACES = List.of(5.0, 5.25, 5.5, 5.75, 6.0);

  /** Limits of CKA that it must not depend on. */
  public static final List<Double> ALIKE = List.of(0.65, 0.70);

  private PhaseZooData() {}
}
