package reprise.dsl.zoo;

import java.util.List;

/**
 * A phase of training (Yang et al. 2021, figure 1; numbered as in 2504.18072): whether the minimum
 * is rough or smooth, whether minima are connected, and whether models that are connected are
 * alike.
 */
public sealed interface Phase {
  /** Rough minima with barriers between them. */
  Phase I = new BarrierRough();

  /** Rough minima without a barrier: training ended before the bottom, or is too hot for it. */
  Phase II = new ConnectedRough();

  /** Smooth minima with barriers between them. */
  Phase III = new BarrierSmooth();

  /** Smooth and connected, but the models differ in what they answer. */
  Phase IV_A = new ConnectedUnlike();

  /** Smooth, connected and alike. */
  Phase IV_B = new ConnectedAlike();

  /** All, in the order of test accuracy that the papers claim. */
  List<Phase> ORDER = List.of(I, II, III, IV_A, IV_B);

  /** Its name in the papers. */
  String label();

  /** What it says, in one phrase. */
  String meaning();

  /** Place in {@link #ORDER}, from 0. */
  default int place() {
    return ORDER.indexOf(this);
  }

  /** Phase I. */
  record BarrierRough() implements Phase {
    @Override
    public String label() {
      return "I";
    }

    @Override
    public String meaning() {
      return "rough, with barriers";
    }
  }

  /** Phase II. */
  record ConnectedRough() implements Phase {
    @Override
    public String label() {
      return "II";
    }

    @Override
    public String meaning() {
      return "rough, without barriers";
    }
  }

  /** Phase III. */
  record BarrierSmooth() implements Phase {
    @Override
    public String label() {
      return "III";
    }

    @Override
    public String meaning() {
      return "smooth, with barriers";
    }
  }

  /** Phase IV-A. */
  record ConnectedUnlike() implements Phase {
    @Override
    public String label() {
      return "IV-A";
    }

    @Override
    public String meaning() {
      return "smooth, connected, unlike";
    }
  }

  /** Phase IV-B. */
  record ConnectedAlike() implements Phase {
    @Override
    public String label() {
      return "IV-B";
    }

    @Override
    public String meaning() {
      return "smooth, connected, alike";
    }
  }
}
