package reprise.tensor.ir;

import java.util.Arrays;
import java.util.List;
import reprise.tensor.ir.Elementwise.Function;
import reprise.tensor.ir.Elementwise.Operator;
import reprise.tensor.ir.Layout.Fold;

/** A handle on one value while its function is being written; methods append nodes. */
public final class Value {
  private final FunctionBuilder function;
  private final int id;
  private final TensorType type;

  Value(FunctionBuilder function, int id, TensorType type) {
    this.function = function;
    this.id = id;
    this.type = type;
  }

  FunctionBuilder function() {
    return function;
  }

  int id() {
    return id;
  }

  /** Element type and shape. */
  public TensorType type() {
    return type;
  }

  /** Extents. */
  public Shape shape() {
    return type.shape();
  }

  private Value binary(Operator op, Value other) {
    return function.apply(new Elementwise.Binary(op), this, other);
  }

  private Value unary(Function f) {
    return function.apply(new Elementwise.Unary(f), this);
  }

  /** this + b, b of this shape or its trailing axes. */
  public Value add(Value b) {
    return binary(Operator.ADD, b);
  }

  /** this - b. */
  public Value sub(Value b) {
    return binary(Operator.SUB, b);
  }

  /** this x b, element by element. */
  public Value mul(Value b) {
    return binary(Operator.MUL, b);
  }

  /** this / b. */
  public Value div(Value b) {
    return binary(Operator.DIV, b);
  }

  /** factor x this. */
  public Value scale(double factor) {
    return affine(factor, 0);
  }

  /** factor x this + shift. */
  public Value affine(double factor, double shift) {
    return function.apply(new Elementwise.Affine(factor, shift), this);
  }

  /** e^x. */
  public Value exp() {
    return unary(Function.EXP);
  }

  /** Natural logarithm. */
  public Value log() {
    return unary(Function.LOG);
  }

  /** Square root. */
  public Value sqrt() {
    return unary(Function.SQRT);
  }

  /** x^2. */
  public Value square() {
    return unary(Function.SQUARE);
  }

  /** Hyperbolic tangent. */
  public Value tanh() {
    return unary(Function.TANH);
  }

  /** 1/(1 + e^-x). */
  public Value sigmoid() {
    return unary(Function.SIGMOID);
  }

  /** max(x, 0). */
  public Value relu() {
    return unary(Function.RELU);
  }

  /** GELU in its tanh form. */
  public Value gelu() {
    return unary(Function.GELU);
  }

  /** GELU as defined, with the normal distribution function. */
  public Value geluExact() {
    return unary(Function.GELU_EXACT);
  }

  /** x sigmoid(x). */
  public Value silu() {
    return unary(Function.SILU);
  }

  /** Matrix product; leading axes of this count as rows where b is one matrix. */
  public Value matmul(Value b) {
    return function.apply(new Linear.MatMul(false, false), this, b);
  }

  /** this x b', b [n, k]: the tied output head. */
  public Value matmulTransposed(Value b) {
    return function.apply(new Linear.MatMul(false, true), this, b);
  }

  /** Matrix product with either factor transposed. */
  public Value matmul(Value b, boolean transposeThis, boolean transposeB) {
    return function.apply(new Linear.MatMul(transposeThis, transposeB), this, b);
  }

  /** The same elements under another shape. */
  public Value reshape(int... dims) {
    return reshape(Shape.of(dims));
  }

  /** The same elements under another shape. */
  public Value reshape(Shape shape) {
    return shape.equals(shape()) ? this : function.apply(new Layout.Reshape(shape), this);
  }

  /** Axes in another order. */
  public Value permute(Integer... order) {
    return function.apply(new Layout.Permute(Arrays.asList(order)), this);
  }

  /** A range of one axis. */
  public Value slice(int axis, int start, int length) {
    return function.apply(new Layout.Slice(axis, start, length), this);
  }

  /** Repeats along new axes inserted before axis {@code at}. */
  public Value expand(int at, int... extents) {
    return function.apply(new Layout.Expand(at, Shape.of(extents)), this);
  }

  /** Sum over the axes {@code [from, to)}. */
  public Value sum(int from, int to) {
    return function.apply(new Layout.Reduce(Fold.SUM, from, to), this);
  }

  /** Sum over everything. */
  public Value sum() {
    return sum(0, shape().rank());
  }

  /** Mean over everything. */
  public Value mean() {
    return function.apply(new Layout.Reduce(Fold.MEAN, 0, shape().rank()), this);
  }

  /** Layer normalisation with gain, without bias. */
  public Value layerNorm(Value gain, double eps) {
    return function.applyAll(new Normalise.LayerNorm(eps), this, gain).getFirst();
  }

  /** Layer normalisation with gain and bias. */
  public Value layerNorm(Value gain, Value bias, double eps) {
    return function.applyAll(new Normalise.LayerNorm(eps), this, gain, bias).getFirst();
  }

  /** Root-mean-square normalisation with gain. */
  public Value rmsNorm(Value gain, double eps) {
    return function.applyAll(new Normalise.RmsNorm(eps), this, gain).getFirst();
  }

  /** Softmax over the last axis. */
  public Value softmax() {
    return function.apply(new Normalise.Softmax(), this);
  }

  /** Causal self-attention over packed qkv [B, T, 3d]. */
  public Value causalAttention(int heads) {
    return function.applyAll(new Attend.CausalAttention(heads), this).getFirst();
  }

  /** Rotary positions on q and k of packed qkv. */
  public Value rotary(int heads, double base) {
    return function.apply(new Attend.Rotary(heads, base, false), this);
  }

  /** Rows of this table by index. */
  public Value gather(Value index) {
    return function.apply(new Lookup.Gather(), this, index);
  }

  /** Cross-entropy rows of these logits in nats. */
  public Value crossEntropy(Value targets) {
    return function.applyAll(new Loss.CrossEntropy(), this, targets).getFirst();
  }

  /** KL(table row || softmax(this)) in nats, one row each. */
  public Value klDivergence(Value table, Value index) {
    return function.applyAll(new Loss.KlDivergence(), this, table, index).getFirst();
  }

  /** Integer this + by. */
  public Value increment(int by) {
    return function.apply(new Elementwise.Increment(by), this);
  }

  /** Inputs and targets: windows of this token buffer drawn for a step. */
  public List<Value> sampleWindows(int batch, int time, int stream, Value step) {
    return function.applyAll(new RandomOp.SampleWindows(batch, time, stream), this, step);
  }

  /** Inputs and targets: consecutive windows of this token buffer. */
  public List<Value> sequentialWindows(int batch, int time, Value step) {
    return function.applyAll(new RandomOp.SequentialWindows(batch, time), this, step);
  }

  @Override
  public String toString() {
    return "%" + id + " : " + type;
  }
}
