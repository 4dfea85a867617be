package reprise.tensor.ir;

import static reprise.tensor.ir.TypeMismatch.count;
import static reprise.tensor.ir.TypeMismatch.f32;
import static reprise.tensor.ir.TypeMismatch.i32;
import static reprise.tensor.ir.TypeMismatch.require;
import static reprise.tensor.ir.TypeMismatch.same;
import static reprise.tensor.ir.TypeMismatch.scalar;

import java.util.List;

/**
 * Minibatches of labelled examples, drawn inside the program by counter (see {@link RandomOp} for
 * key and counter words).
 */
public sealed interface Examples extends Op {
  /** How examples follow one another. */
  enum Order {
    /**
     * Each drawn by itself, with replacement: floor(u n), u the first word of block b over 2^32.
     */
    INDEPENDENT,
    /**
     * A new permutation in each epoch, every example exactly once: position p = step batch + b is
     * place p mod n of epoch floor(p / n), so that a batch may end one epoch and begin the next.
     */
    SHUFFLED,
    /**
     * As SHUFFLED over epochs of floor(n / batch) batches: what is left of a permutation after its
     * last whole batch, other examples in each epoch, is passed over.
     */
    SHUFFLED_WHOLE_BATCHES,
    /** Position p, for evaluation; beyond the end the last example with weight 0. */
    IN_ORDER
  }

  /**
   * Indices of a batch: operand step i32 []; results index i32 [batch] and weight f32 [batch],
   * which is 1 but for {@link Order#IN_ORDER} beyond the end.
   *
   * <p>The permutation is a Feistel network of eight rounds on the next even number of bits, walked
   * until it lands below n (Black and Rogaway 2002, "Ciphers with arbitrary finite domains"); its
   * keys are the eight words of blocks 0 and 1 with the epoch in place of the step, its round
   * function the finaliser of MurmurHash3 (Appleby 2011).
   */
  record Batch(Order order, int examples, int batch, int stream) implements Examples {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 1);
      i32(in.get(0), "step");
      scalar(in.get(0), "step");
      require(examples >= 1 && batch >= 1, "at least one example and one a batch", this);
      require(
          order != Order.SHUFFLED_WHOLE_BATCHES || batch <= examples,
          "a batch of at most " + examples + " examples",
          batch);
      return List.of(TensorType.i32(batch), TensorType.f32(batch));
    }
  }

  /** y[i] = labels[index[i]]: operands labels i32 [n], index i32 [b]. */
  record Labels() implements Examples {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      i32(in.get(0), "labels");
      i32(in.get(1), "index");
      require(
          in.get(0).shape().rank() == 1 && in.get(1).shape().rank() == 1,
          "labels [n] and an index [b]",
          in);
      return List.of(in.get(1));
    }
  }

  /**
   * Labels of which a share is replaced by classes drawn at random, the same for an example however
   * often it comes: with words w of block index, noise seed in place of the step, the label is
   * floor(classes w1 / 2^32) where w0 2^-32 is below the share. Operands labels i32 [b], index i32
   * [b], share f32 [], seed i32 [].
   */
  record NoisyLabels(int classes, int stream) implements Examples {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 4);
      i32(in.get(0), "labels");
      same(in.get(0), in.get(1), "index");
      same(TensorType.f32(), in.get(2), "share");
      same(TensorType.i32(), in.get(3), "seed");
      require(classes >= 1, "at least one class", classes);
      return List.of(in.get(0));
    }
  }

  /**
   * 1 where the largest of the logits, the first where equal, is that of the label, else 0:
   * operands logits [b, V], labels i32 [b].
   */
  record Correct() implements Examples {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      f32(in.get(0), "logits");
      require(in.get(0).shape().rank() == 2, "logits [b, V]", in.get(0));
      same(TensorType.i32(in.get(0).shape().dim(0)), in.get(1), "labels");
      return List.of(TensorType.f32(in.get(0).shape().dim(0)));
    }
  }

  /**
   * Images shifted by up to {@code shift} pixels along each axis, with zeros moved in (a crop of
   * the padded image), and mirrored with probability 1/2 where {@code flip} is set. Image n takes
   * the words of block n: rows by floor(w0 (2 shift + 1) / 2^32) - shift, columns by w1, mirrored
   * by the highest bit of w2. Operands x [N, H, W, C], step i32 []. Not differentiable.
   */
  record Augment(int shift, boolean flip, int stream) implements Examples {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 2);
      f32(in.get(0), "images");
      require(in.get(0).shape().rank() == 4, "images [N, H, W, C]", in.get(0));
      i32(in.get(1), "step");
      scalar(in.get(1), "step");
      require(
          shift >= 0 && shift < in.get(0).shape().dim(1) && shift < in.get(0).shape().dim(2),
          "a shift within the images " + in.get(0),
          shift);
      return List.of(in.get(0));
    }
  }

  /**
   * Sequences that tell what a table knows about some of its rows, in other words each time. A
   * sequence is the head of its row followed by one sentence for each attribute, in random order; a
   * sentence is one of the forms of its attribute, in which element e stands for value e of the row
   * where e < V, for nothing where e = V, and for token e - V - 1 beyond. Token 0 fills what is
   * left.
   *
   * <p>Sequence b takes the words of blocks b m .. b m + m - 1, m = ceil(2 K / 4): the order is
   * that of Fisher and Yates (for i from K - 1 down to 1 swap places i and floor((i + 1) w_i /
   * 2^32)), attribute a takes form floor(M w_(K+a) / 2^32). Where it is fixed, the number of the
   * row stands for b and 0 for the step: the same words about a row every time.
   *
   * <p>Operands heads i32 [n, H], values i32 [n, V], forms i32 [K, M, S], index i32 [b], step i32
   * []. Results, all i32 [b, H + K S - 1]: inputs, targets (the next token), and where a target
   * comes from: h + 1 for element h of the head, H + 1 + v for value v, 0 for words of a form, -1
   * for nothing.
   */
  record Retell(boolean fixed, int stream) implements Examples {
    @Override
    public List<TensorType> infer(List<TensorType> in) {
      count(in, 5);
      in.forEach(t -> i32(t, "operand"));
      scalar(in.get(4), "step");
      require(
          in.get(0).shape().rank() == 2
              && in.get(1).shape().rank() == 2
              && in.get(0).shape().dim(0) == in.get(1).shape().dim(0),
          "heads [n, H] and values [n, V]",
          in);
      require(in.get(2).shape().rank() == 3, "forms [K, M, S]", in.get(2));
      require(in.get(3).shape().rank() == 1, "an index [b]", in.get(3));
      int attributes = in.get(2).shape().dim(0);
      require(attributes <= MOST_ATTRIBUTES, "at most 256 attributes", attributes);
      int length = in.get(0).shape().dim(1) + attributes * in.get(2).shape().dim(2) - 1;
      require(length >= 1, "sequences of at least two tokens", in);
      TensorType tokens = TensorType.i32(in.get(3).shape().dim(0), length);
      return List.of(tokens, tokens, tokens);
    }
  }

  /** Of {@link Retell}. */
  int MOST_ATTRIBUTES = 256;
}
