package reprise.tensor.ir;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.ir.ElementwiseChain.Step;

/** Which buffer each step of a chain writes, so that few are in use at once. */
public final class ChainSlots {
  /** Buffers there are. */
  public static final int SLOTS = 8;

  private ChainSlots() {}

  /** The slot of each step; -1 for repetitions. Slots beyond {@link #SLOTS} mean: too many. */
  public static List<Integer> assign(int operands, List<Step> steps) {
    int[] last = new int[operands + steps.size()];
    for (int k = 0; k < steps.size(); k++) {
      for (int x : steps.get(k).inputs()) {
        last[x] = k;
      }
    }
    List<Integer> slots = new ArrayList<>();
    List<Integer> busyUntil = new ArrayList<>();
    for (int k = 0; k < steps.size(); k++) {
      if (steps.get(k).wide()) {
        slots.add(-1);
        continue;
      }
      int slot = 0;
      // Element by element a step may overwrite what it reads last.
      while (slot < busyUntil.size() && busyUntil.get(slot) > k) {
        slot++;
      }
      if (slot == busyUntil.size()) {
        busyUntil.add(0);
      }
      busyUntil.set(slot, Math.max(k, last[operands + k]));
      slots.add(slot);
    }
    return slots;
  }

  static int count(int operands, List<Step> steps) {
    return assign(operands, steps).stream().mapToInt(s -> s + 1).max().orElse(0);
  }
}
