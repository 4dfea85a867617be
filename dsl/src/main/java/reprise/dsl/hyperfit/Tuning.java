package reprise.dsl.hyperfit;

import reprise.dsl.unit.Checks;
import reprise.dsl.unit.Numbers;

/**
 * How a model is hyperfitted: Adam without weight decay at a constant rate. Every set of windows
 * gets the same number of updates, so that fewer windows mean more epochs.
 *
 * @param batch windows of an update
 * @param rate learning rate
 * @param updates of the whole run
 */
public record Tuning(int batch, double rate, int updates) {
  /**
   * Batches of 8 as in the paper, 800 updates; its rate of 1e-6 belongs to models of a billion
   * parameters, small ones need 1e-3.
   */
  public static final Tuning DEFAULT = new Tuning(8, 1e-3, 800);

  public Tuning {
    Checks.positive("batch", batch, "windows");
    Checks.positive("learning rate", rate, "step size");
    Checks.positive("updates", updates, "optimiser steps");
  }

  /** Windows of an update on a set of that size: all of them where there are fewer. */
  public int batch(int samples) {
    return Math.min(batch, samples);
  }

  /** Updates in one epoch over a set of that size. */
  public int updatesAnEpoch(int samples) {
    return samples / batch(samples);
  }

  /** The epoch's last update, counted from 1. */
  public int updatesUntil(int epoch, int samples) {
    return epoch * updatesAnEpoch(samples);
  }

  @Override
  public String toString() {
    return "Adam without decay, lr "
        + Numbers.plain(rate)
        + ", batch "
        + batch
        + ", "
        + Numbers.grouped(updates)
        + " updates";
  }
}
