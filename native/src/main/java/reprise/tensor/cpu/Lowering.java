package reprise.tensor.cpu;

import java.util.List;
import reprise.tensor.ir.Arrange;
import reprise.tensor.ir.Attend;
import reprise.tensor.ir.Attention;
import reprise.tensor.ir.Criterion;
import reprise.tensor.ir.Cut;
import reprise.tensor.ir.DType;
import reprise.tensor.ir.Elementwise;
import reprise.tensor.ir.ElementwiseChain;
import reprise.tensor.ir.Examples;
import reprise.tensor.ir.Experts;
import reprise.tensor.ir.Factor;
import reprise.tensor.ir.Fourier;
import reprise.tensor.ir.Fused;
import reprise.tensor.ir.Incremental;
import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Layout;
import reprise.tensor.ir.Linear;
import reprise.tensor.ir.Lookup;
import reprise.tensor.ir.Loss;
import reprise.tensor.ir.MemoryPlan;
import reprise.tensor.ir.Noise;
import reprise.tensor.ir.Normalise;
import reprise.tensor.ir.Optimise;
import reprise.tensor.ir.Pointwise;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramFunction;
import reprise.tensor.ir.Quantise;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.ir.Recurrent;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.Spatial;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Update;

/**
 * Programs to the flat buffer of {@code reprise.h}: tensors become byte offsets of the memory plan,
 * shapes become extents, reshapes and reads vanish.
 */
final class Lowering {
  static final long MAGIC = 0x5250524f4752414dL;

  private final Words out = new Words();
  private final MemoryPlan plan;
  private Emitter code;
  private boolean checked;

  private Lowering(MemoryPlan plan) {
    this.plan = plan;
    this.code = new Emitter(out, List.of(), List.of());
  }

  static long[] lower(Program p, MemoryPlan plan, int version) {
    return lower(p, plan, version, false);
  }

  /** With {@code checked}, a look at every f32 result after each instruction. */
  static long[] lower(Program p, MemoryPlan plan, int version, boolean checked) {
    Lowering l = new Lowering(plan);
    l.checked = checked;
    l.out.add(MAGIC).add(version).add(p.functions().size());
    p.functions().values().forEach(l::function);
    return l.out.toArray();
  }

  private void function(ProgramFunction f) {
    List<Long> offsets = plan.values().get(f.name());
    List<TensorType> types = f.types();
    code = new Emitter(out, offsets, types);
    int head = out.size();
    List<String> scalars = f.scalars();
    out.add(0).add(scalars.size());
    scalars.forEach(s -> out.add(offsets.get(f.outputs().get(s))));
    int countAt = out.size();
    out.add(0);
    int count = 0;
    for (Instruction i : executed(f)) {
      instruction(i);
      count++;
      for (int v = i.first(); checked && v < i.end(); v++) {
        if (types.get(v).dtype() == DType.F32) {
          code.emit(Opcode.FINITE, offsets.get(v), types.get(v).size(), v);
          count++;
        }
      }
    }
    for (var update : f.updates().entrySet()) {
      long to = plan.states().get(update.getKey());
      long from = offsets.get(update.getValue());
      if (to != from) {
        code.emit(Opcode.COPY, to, from, types.get(update.getValue()).size());
        count++;
      }
    }
    out.set(countAt, count);
    out.set(head, out.size() - head - 1);
  }

  /** The nodes that become instructions, in order; copies to state may follow them. */
  static List<Instruction> executed(ProgramFunction f) {
    return f.body().stream()
        .filter(i -> !(i.op() instanceof Layout.Read || i.op() instanceof Layout.Reshape))
        .toList();
  }

  private void instruction(Instruction i) {
    switch (i.op()) {
      case Elementwise e -> elementwise(e, i);
      case Linear.MatMul m -> matmul(m, i);
      case Layout l -> layout(l, i);
      case Normalise n -> normalise(n, i);
      case Attend a -> attend(a, i);
      case Attention a -> AttentionLowering.lower(code, a, i);
      case Experts e -> ExpertsLowering.lower(code, e, i);
      case Incremental n -> IncrementalLowering.lower(code, n, i);
      case Loss l -> loss(l, i);
      case Lookup l -> lookup(l, i);
      case RandomOp r -> random(r, i);
      case Optimise o -> optimise(o, i);
      case ElementwiseChain c -> ChainLowering.lower(c, i, code);
      case Update u -> UpdateLowering.lower(u, i, code);
      case Recurrent g -> RecurrentLowering.lower(g, i, code);
      case Fourier t -> FourierLowering.lower(t, i, code);
      case Factor w -> FactorLowering.lower(w, i, code);
      case Cut c -> CutLowering.lower(c, i, code);
      case Criterion c -> CriterionLowering.lower(c, i, code);
      case Noise z -> NoiseLowering.lower(z, i, code);
      case Arrange a -> ArrangeLowering.lower(a, i, code);
      case Fused x -> FusedLowering.lower(x, i, code);
      case Pointwise p -> PointwiseLowering.lower(p, i, code);
      case Quantise q -> QuantiseLowering.lower(q, i, code);
      case Examples e -> ExamplesLowering.lower(code, e, i);
      case Spatial s -> SpatialLowering.lower(code, s, i);
    }
  }

  private void elementwise(Elementwise op, Instruction i) {
    long y = code.result(i, 0);
    long x = code.in(i, 0);
    long n = i.types().getFirst().size();
    switch (op) {
      case Elementwise.Unary u -> code.emit(Opcode.UNARY, y, x, n, u.function().ordinal());
      case Elementwise.UnaryGrad u ->
          code.emit(Opcode.UNARY_GRAD, y, x, code.in(i, 1), n, u.function().ordinal());
      case Elementwise.Binary b ->
          code.emit(
              Opcode.BINARY,
              y,
              x,
              code.in(i, 1),
              n,
              code.type(i, 1).size(),
              b.operator().ordinal());
      case Elementwise.Affine a ->
          code.emit(Opcode.AFFINE, y, x, n, Emitter.bits(a.scale()), Emitter.bits(a.shift()));
      case Elementwise.Increment b -> code.emit(Opcode.INCREMENT, y, x, n, b.by());
      case Elementwise.ToFloat _ -> code.emit(Opcode.TO_FLOAT, y, x, n);
    }
  }

  private void matmul(Linear.MatMul op, Instruction i) {
    Shape a = code.type(i, 0).shape();
    Shape b = code.type(i, 1).shape();
    Shape c = i.types().getFirst().shape();
    long n = c.dim(-1);
    long k = a.dim(op.transposeA() ? -2 : -1);
    long batches = b.rank() == 2 ? 1 : c.product(0, c.rank() - 2);
    long m = c.size() / n / batches;
    code.emit(
        Opcode.MATMUL,
        code.result(i, 0),
        code.in(i, 0),
        code.in(i, 1),
        batches,
        m,
        n,
        k,
        op.transposeA() ? 1 : 0,
        op.transposeB() ? 1 : 0,
        0);
  }

  private void layout(Layout op, Instruction i) {
    long y = code.result(i, 0);
    Shape out = i.types().getFirst().shape();
    switch (op) {
      case Layout.Read _, Layout.Reshape _ -> throw new IllegalStateException("no code: " + op);
      case Layout.Fill f -> {
        boolean floating = f.type().dtype() == DType.F32;
        code.emit(
            floating ? Opcode.FILL_F32 : Opcode.FILL_I32,
            y,
            out.size(),
            floating ? Emitter.bits(f.value()) : (long) f.value());
      }
      case Layout.Permute p -> permute(p, i);
      case Layout.Slice s -> {
        Shape x = code.type(i, 0).shape();
        long inner = x.product(s.axis() + 1, x.rank());
        code.emit(
            Opcode.COPY_BLOCKS,
            y,
            code.in(i, 0),
            x.product(0, s.axis()),
            s.length() * inner,
            x.dim(s.axis()) * inner,
            s.start() * inner,
            s.length() * inner,
            0,
            out.size());
      }
      case Layout.Pad p -> {
        Shape x = code.type(i, 0).shape();
        long inner = x.product(p.axis() + 1, x.rank());
        long block = x.dim(p.axis()) * inner;
        code.emit(
            Opcode.COPY_BLOCKS,
            y,
            code.in(i, 0),
            x.product(0, p.axis()),
            block,
            block,
            0,
            out.dim(p.axis()) * inner,
            p.before() * inner,
            out.size());
      }
      case Layout.Expand e -> {
        Shape x = code.type(i, 0).shape();
        code.emit(
            Opcode.EXPAND,
            y,
            code.in(i, 0),
            x.product(0, e.at()),
            e.extents().size(),
            x.product(e.at(), x.rank()));
      }
      case Layout.Reduce r -> {
        Shape x = code.type(i, 0).shape();
        code.emit(
            Opcode.REDUCE,
            y,
            code.in(i, 0),
            x.product(0, r.from()),
            x.product(r.from(), r.to()),
            x.product(r.to(), x.rank()),
            r.fold().ordinal());
      }
    }
  }

  private void permute(Layout.Permute p, Instruction i) {
    Shape x = code.type(i, 0).shape();
    if (x.rank() == 0) {
      code.emit(Opcode.COPY, code.result(i, 0), code.in(i, 0), 1);
      return;
    }
    long[] operands = new long[15];
    operands[0] = code.result(i, 0);
    operands[1] = code.in(i, 0);
    operands[2] = x.rank();
    for (int a = 0; a < x.rank(); a++) {
      int from = p.order().get(a);
      operands[3 + a] = x.dim(from);
      operands[9 + a] = x.product(from + 1, x.rank());
    }
    code.emit(Opcode.PERMUTE, operands);
  }

  private void normalise(Normalise op, Instruction i) {
    Shape x = code.type(i, 0).shape();
    long rows = x.rows();
    long d = x.dim(-1);
    long y = code.result(i, 0);
    switch (op) {
      case Normalise.LayerNorm l -> {
        long bias = i.inputs().size() == 3 ? code.in(i, 2) : Emitter.NONE;
        code.emit(
            Opcode.LAYER_NORM,
            y,
            code.result(i, 1),
            code.result(i, 2),
            code.in(i, 0),
            code.in(i, 1),
            bias,
            rows,
            d,
            Emitter.bits(l.eps()));
      }
      case Normalise.LayerNormGrad g ->
          code.emit(
              Opcode.LAYER_NORM_GRAD,
              y,
              code.result(i, 1),
              g.bias() ? code.result(i, 2) : Emitter.NONE,
              code.in(i, 0),
              code.in(i, 1),
              code.in(i, 2),
              code.in(i, 3),
              code.in(i, 4),
              rows,
              d);
      case Normalise.RmsNorm r ->
          code.emit(
              Opcode.RMS_NORM,
              y,
              code.result(i, 1),
              code.in(i, 0),
              code.in(i, 1),
              rows,
              d,
              Emitter.bits(r.eps()));
      case Normalise.RmsNormGrad _ ->
          code.emit(
              Opcode.RMS_NORM_GRAD,
              y,
              code.result(i, 1),
              code.in(i, 0),
              code.in(i, 1),
              code.in(i, 2),
              code.in(i, 3),
              rows,
              d);
      case Normalise.Softmax _ -> code.emit(Opcode.SOFTMAX, y, code.in(i, 0), rows, d);
    }
  }

  private void attend(Attend op, Instruction i) {
    Shape x = code.type(i, 0).shape();
    long batch = x.dim(0);
    long time = x.dim(1);
    long d = x.dim(2) / 3;
    long y = code.result(i, 0);
    switch (op) {
      case Attend.CausalAttention a ->
          code.emit(
              Opcode.ATTENTION,
              y,
              code.result(i, 1),
              code.in(i, 0),
              batch,
              time,
              a.heads(),
              d / a.heads());
      case Attend.CausalAttentionGrad a ->
          code.emit(
              Opcode.ATTENTION_GRAD,
              y,
              code.in(i, 0),
              code.in(i, 1),
              code.in(i, 2),
              code.in(i, 3),
              batch,
              time,
              a.heads(),
              d / a.heads());
      case Attend.Rotary r ->
          code.emit(
              Opcode.ROTARY,
              y,
              code.in(i, 0),
              batch,
              time,
              r.heads(),
              d / r.heads(),
              Emitter.bits(r.base()),
              r.inverse() ? 1 : 0);
    }
  }

  private void loss(Loss op, Instruction i) {
    Shape x = code.type(i, 0).shape();
    long rows = x.rows();
    long classes = x.dim(-1);
    switch (op) {
      case Loss.CrossEntropy _ ->
          code.emit(
              Opcode.CROSS_ENTROPY,
              code.result(i, 0),
              code.result(i, 1),
              code.in(i, 0),
              code.in(i, 1),
              rows,
              classes);
      case Loss.CrossEntropyGrad _ ->
          code.emit(
              Opcode.CROSS_ENTROPY_GRAD,
              code.result(i, 0),
              code.in(i, 0),
              code.in(i, 1),
              code.in(i, 2),
              code.in(i, 3),
              rows,
              classes);
      case Loss.KlDivergence _ ->
          code.emit(
              Opcode.KL,
              code.result(i, 0),
              code.result(i, 1),
              code.in(i, 0),
              code.in(i, 1),
              code.in(i, 2),
              rows,
              classes,
              code.type(i, 1).shape().dim(0));
      case Loss.KlDivergenceGrad _ ->
          code.emit(
              Opcode.KL_GRAD,
              code.result(i, 0),
              code.in(i, 0),
              code.in(i, 1),
              code.in(i, 2),
              code.in(i, 3),
              code.in(i, 4),
              rows,
              classes,
              code.type(i, 1).shape().dim(0));
    }
  }

  private void lookup(Lookup op, Instruction i) {
    switch (op) {
      case Lookup.Gather _ -> {
        Shape table = code.type(i, 0).shape();
        code.emit(
            Opcode.GATHER,
            code.result(i, 0),
            code.in(i, 0),
            code.in(i, 1),
            code.type(i, 1).size(),
            table.dim(0),
            table.dim(1));
      }
      case Lookup.ScatterAdd s ->
          code.emit(
              Opcode.SCATTER_ADD,
              code.result(i, 0),
              code.in(i, 0),
              code.in(i, 1),
              code.type(i, 0).size(),
              s.rows(),
              code.type(i, 1).shape().dim(-1));
    }
  }

  private void random(RandomOp op, Instruction i) {
    long y = code.result(i, 0);
    switch (op) {
      case RandomOp.Uniform u -> {
        long step = i.inputs().isEmpty() ? Emitter.NONE : code.in(i, 0);
        code.emit(
            Opcode.UNIFORM,
            y,
            step,
            u.shape().size(),
            u.stream(),
            Emitter.bits(u.low()),
            Emitter.bits(u.high()));
      }
      case RandomOp.Normal n -> {
        long step = i.inputs().isEmpty() ? Emitter.NONE : code.in(i, 0);
        long size = n.shape().size();
        code.emit(
            Opcode.NORMAL,
            y,
            step,
            size,
            n.stream(),
            Emitter.bits(n.mean()),
            Emitter.bits(n.deviation()));
      }
      case RandomOp.SampleWindows s ->
          code.emit(
              Opcode.SAMPLE_WINDOWS,
              y,
              code.result(i, 1),
              code.in(i, 0),
              code.in(i, 1),
              code.type(i, 0).size(),
              s.batch(),
              s.time(),
              s.stream());
      case RandomOp.SequentialWindows s ->
          code.emit(
              Opcode.SEQUENTIAL_WINDOWS,
              y,
              code.result(i, 1),
              code.in(i, 0),
              code.in(i, 1),
              code.type(i, 0).size(),
              s.batch(),
              s.time());
      case RandomOp.CallStep _ -> code.emit(Opcode.CALL_STEP, y);
    }
  }

  private void optimise(Optimise op, Instruction i) {
    long y = code.result(i, 0);
    switch (op) {
      case Optimise.Schedule s ->
          code.emit(
              Opcode.SCHEDULE,
              y,
              code.in(i, 0),
              s.decay().ordinal(),
              s.warmup(),
              s.total(),
              s.cooldown(),
              Emitter.bits(s.peak()),
              Emitter.bits(s.floor()));
      case Optimise.GlobalNorm _ -> {
        int count = i.inputs().size();
        long[] operands = new long[2 + 2 * count];
        operands[0] = y;
        operands[1] = count;
        for (int k = 0; k < count; k++) {
          operands[2 + 2 * k] = code.in(i, k);
          operands[3 + 2 * k] = code.type(i, k).size();
        }
        code.emit(Opcode.GLOBAL_NORM, operands);
      }
      case Optimise.ClipFactor c ->
          code.emit(Opcode.CLIP_FACTOR, y, code.in(i, 0), Emitter.bits(c.limit()));
      case Optimise.AdamW a ->
          code.emit(
              Opcode.ADAMW,
              y,
              code.result(i, 1),
              code.result(i, 2),
              code.in(i, 0),
              code.in(i, 1),
              code.in(i, 2),
              code.in(i, 3),
              code.in(i, 4),
              code.in(i, 5),
              code.in(i, 6),
              i.types().getFirst().size(),
              Emitter.bits(a.beta1()),
              Emitter.bits(a.beta2()),
              Emitter.bits(a.eps()),
              Emitter.bits(a.decay()));
    }
  }
}
