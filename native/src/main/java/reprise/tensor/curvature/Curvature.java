package reprise.tensor.curvature;

import java.util.ArrayList;
import java.util.List;
import reprise.tensor.RunReport;
import reprise.tensor.Session;
import reprise.tensor.ir.Elementwise;
import reprise.tensor.ir.FunctionBuilder;
import reprise.tensor.ir.Optimise;
import reprise.tensor.ir.Passes;
import reprise.tensor.ir.Program;
import reprise.tensor.ir.ProgramBuilder;
import reprise.tensor.ir.ProgramFunction;
import reprise.tensor.ir.RandomOp;
import reprise.tensor.ir.Shape;
import reprise.tensor.ir.State;
import reprise.tensor.ir.TensorType;
import reprise.tensor.ir.Value;

/**
 * Measures the Hessian of a loss with respect to some parameters by exact Hessian-vector products:
 * {@link #extend} adds functions and state to a program, the other methods run them in a session of
 * the extended program, at the parameters it holds.
 *
 * <p>The loss is the mean over {@code batches} steps of one call of {@code function}: step i of the
 * call is batch i, as in {@code Decoder}'s {@code evaluate}. With one batch an iteration needs no
 * return to Java: all of them are one call of the backend.
 *
 * @param function computes the loss
 * @param loss its scalar output
 * @param parameters f32 states the Hessian is taken over
 * @param batches steps that the loss is the mean of
 * @param lanczosSteps the most steps of {@link #spectrum}; that many copies of the parameters are
 *     kept in the session
 */
public record Curvature(
    String function, String loss, List<String> parameters, int batches, int lanczosSteps) {
  private static final String AT = "curvature.";
  private static final int FIRST_STREAM = 900_000;

  public Curvature {
    parameters = List.copyOf(parameters);
    if (parameters.isEmpty() || batches < 1 || lanczosSteps < 1) {
      throw new IllegalArgumentException(
          "curvature of "
              + function
              + ": needs parameters, batches >= 1 and Lanczos steps >= 1, got "
              + parameters
              + ", "
              + batches
              + ", "
              + lanczosSteps);
    }
  }

  /** Over one batch, with at most 32 Lanczos steps. */
  public static Curvature of(String function, String loss, List<String> parameters) {
    return new Curvature(function, loss, parameters, 1, 32);
  }

  /** The same as a mean over several batches. */
  public Curvature batches(int number) {
    return new Curvature(function, loss, parameters, number, lanczosSteps);
  }

  /** The same with another limit of Lanczos steps. */
  public Curvature lanczosSteps(int number) {
    return new Curvature(function, loss, parameters, batches, number);
  }

  /** The program with what the measurements need: functions and states {@code curvature.*}. */
  public Program extend(Program p) {
    ProgramBuilder b = ProgramBuilder.from(p);
    for (String name : parameters) {
      TensorType type = p.state(name).type();
      b.state(AT + "v/" + name, type, State.Kind.OPTIMISER);
      b.state(AT + "w/" + name, type, State.Kind.OPTIMISER);
      b.state(
          AT + "basis/" + name, TensorType.f32(lanczosSteps, type.size()), State.Kind.OPTIMISER);
    }
    b.state(AT + "probe", TensorType.i32(), State.Kind.COUNTER);
    b.state(AT + "step", TensorType.i32(), State.Kind.COUNTER);
    ProgramFunction f = p.function(function);
    b.function(AT + "normal", g -> start(g, p, false));
    b.function(AT + "sign", g -> start(g, p, true));
    if (batches == 1) {
      b.function(AT + "power", g -> power(g, product(g, f)));
      b.function(AT + "sample", g -> sample(g, product(g, f), p));
      b.function(AT + "lanczos", g -> lanczos(g, product(g, f)));
    } else {
      b.function(AT + "product", g -> accumulate(g, product(g, f)));
      b.function(AT + "power", g -> power(g, states(g, "w/")));
      b.function(AT + "sample", g -> sample(g, states(g, "w/"), p));
      b.function(AT + "lanczos", g -> lanczos(g, states(g, "w/")));
    }
    return b.build();
  }

  private List<Value> states(FunctionBuilder f, String kind) {
    return parameters.stream().map(s -> f.read(AT + kind + s)).toList();
  }

  private void update(FunctionBuilder f, String kind, List<Value> values) {
    for (int i = 0; i < parameters.size(); i++) {
      f.update(AT + kind + parameters.get(i), values.get(i));
    }
  }

  /** H v at the parameters of the session. */
  private List<Value> product(FunctionBuilder f, ProgramFunction lossFunction) {
    return Passes.hessianVector(f, lossFunction, loss, parameters, states(f, "v/"));
  }

  /** w = w + H v / batches. */
  private void accumulate(FunctionBuilder f, List<Value> product) {
    List<Value> next = new ArrayList<>();
    for (int i = 0; i < product.size(); i++) {
      next.add(f.read(AT + "w/" + parameters.get(i)).add(product.get(i).scale(1.0 / batches)));
    }
    update(f, "w/", next);
  }

  /** v = the next probe: a random direction of length one, or random signs; w, basis and step 0. */
  private void start(FunctionBuilder f, Program p, boolean signs) {
    List<Value> v = probe(f, p, signs);
    if (!signs) {
      Value length = f.apply(new Optimise.GlobalNorm(), v.toArray(Value[]::new));
      v = v.stream().map(x -> x.div(length)).toList();
    }
    update(f, "v/", v);
    clear(f);
    for (String name : parameters) {
      f.update(
          AT + "basis/" + name,
          f.fill(0, TensorType.f32(lanczosSteps, p.state(name).type().size())));
    }
    f.update(AT + "step", f.fill(0, TensorType.i32()));
    f.update(AT + "probe", f.read(AT + "probe").increment(1));
  }

  private void clear(FunctionBuilder f) {
    for (String name : parameters) {
      Value w = f.read(AT + "w/" + name);
      f.update(AT + "w/" + name, f.fill(0, w.type()));
    }
  }

  private List<Value> probe(FunctionBuilder f, Program p, boolean signs) {
    List<Value> v = new ArrayList<>();
    Value number = f.read(AT + "probe");
    for (String name : parameters) {
      Shape shape = p.state(name).type().shape();
      int stream = FIRST_STREAM + v.size();
      if (signs) {
        // 24-bit uniform, shifted by half a step so that both signs are equally likely.
        double shift = 0x1p-24;
        RandomOp op = new RandomOp.Uniform(shape, stream, -1 + shift, 1 + shift);
        Value u = f.apply(op, number);
        Value positive =
            f.apply(new Elementwise.UnaryGrad(Elementwise.Function.RELU), u, f.fill(1, u.type()));
        v.add(positive.affine(2, -1));
      } else {
        v.add(f.apply(new RandomOp.Normal(shape, stream, 0, 1), number));
      }
    }
    return v;
  }

  private static Value dot(List<Value> a, List<Value> b) {
    Value sum = null;
    for (int i = 0; i < a.size(); i++) {
      Value part = a.get(i).mul(b.get(i)).sum();
      sum = sum == null ? part : sum.add(part);
    }
    return sum;
  }

  /** lambda = v.w with |v| = 1, residual |w - lambda v|; v = w/|w|. */
  private void power(FunctionBuilder f, List<Value> w) {
    List<Value> v = states(f, "v/");
    Value lambda = dot(v, w);
    List<Value> rest = new ArrayList<>();
    for (int i = 0; i < v.size(); i++) {
      rest.add(w.get(i).sub(v.get(i).mul(lambda)));
    }
    Value length = f.apply(new Optimise.GlobalNorm(), w.toArray(Value[]::new));
    f.output("eigenvalue", lambda);
    f.output("residual", f.apply(new Optimise.GlobalNorm(), rest.toArray(Value[]::new)));
    update(f, "v/", w.stream().map(x -> x.div(length)).toList());
    clear(f);
  }

  /** z'H z for signs z: its mean is the trace (Hutchinson 1990). Then the next probe. */
  private void sample(FunctionBuilder f, List<Value> w, Program p) {
    f.output("sample", dot(states(f, "v/"), w));
    update(f, "v/", probe(f, p, true));
    f.update(AT + "probe", f.read(AT + "probe").increment(1));
    clear(f);
  }

  /**
   * One step of Lanczos with full reorthogonalisation, twice (Golub and Van Loan 2013, section
   * 10.3): Q gets the row q; alpha = q.w; w = w - Q'(Q w); beta = |w|; q = w/beta.
   */
  private void lanczos(FunctionBuilder f, List<Value> product) {
    List<Value> q = states(f, "v/");
    Value step = f.read(AT + "step");
    Value row = step.reshape(1);
    List<Value> basis = new ArrayList<>();
    List<Value> w = new ArrayList<>();
    for (int i = 0; i < q.size(); i++) {
      Value old = f.read(AT + "basis/" + parameters.get(i));
      Value flat = q.get(i).reshape(1, q.get(i).type().size());
      Value added = f.apply(new reprise.tensor.ir.Lookup.ScatterAdd(lanczosSteps), row, flat);
      basis.add(old.add(added));
      w.add(product.get(i).reshape(1, q.get(i).type().size()));
    }
    f.output("alpha", dot(q, product));
    for (int round = 0; round < 2; round++) {
      Value along = null;
      for (int i = 0; i < w.size(); i++) {
        Value part = w.get(i).matmulTransposed(basis.get(i));
        along = along == null ? part : along.add(part);
      }
      for (int i = 0; i < w.size(); i++) {
        w.set(i, w.get(i).sub(along.matmul(basis.get(i))));
      }
    }
    Value beta = f.apply(new Optimise.GlobalNorm(), w.toArray(Value[]::new));
    f.output("beta", beta);
    // Where the space is exhausted beta is rounding error: the rest is cut off in Java.
    Value length = beta.affine(1, 1e-30);
    List<Value> next = new ArrayList<>();
    for (int i = 0; i < w.size(); i++) {
      next.add(w.get(i).div(length).reshape(q.get(i).shape()));
    }
    update(f, "v/", next);
    update(f, "basis/", basis);
    f.update(AT + "step", step.increment(1));
    clear(f);
  }

  /** Runs iterations of one measurement; one call where there is one batch. */
  private RunReport iterate(Session s, String measure, int iterations) {
    if (batches == 1) {
      return s.run(AT + measure, iterations).orThrow();
    }
    s.run(AT + "product", batches).orThrow();
    return s.run(AT + measure, 1).orThrow();
  }

  private void columns(Session s, String measure, int iterations, List<Series> series) {
    int calls = batches == 1 ? 1 : iterations;
    for (int i = 0; i < calls; i++) {
      RunReport r = iterate(s, measure, iterations);
      series.forEach(c -> c.append(r));
    }
  }

  /** The values of one output over all iterations. */
  private record Series(String output, List<Float> values) {
    static Series of(String output) {
      return new Series(output, new ArrayList<>());
    }

    void append(RunReport r) {
      for (float x : r.series(output)) {
        values.add(x);
      }
    }

    double[] array() {
      return values.stream().mapToDouble(Float::doubleValue).toArray();
    }
  }

  /**
   * The eigenvalue of largest magnitude by power iteration from a random direction, until the
   * residual |Hv - lambda v| is below {@code tolerance} times the eigenvalue, or the iterations are
   * spent; the result says which. Runs in rounds of at most 16 iterations.
   */
  public Eigenvalue largest(Session s, int iterations, double tolerance) {
    s.run(AT + "normal", 1).orThrow();
    int done = 0;
    Eigenvalue best = new Eigenvalue(Double.NaN, Double.POSITIVE_INFINITY, 0);
    while (done < iterations && !(best.residual() <= tolerance * Math.abs(best.value()))) {
      int round = Math.min(16, iterations - done);
      Series value = Series.of("eigenvalue");
      Series residual = Series.of("residual");
      columns(s, "power", round, List.of(value, residual));
      done += round;
      best = new Eigenvalue(value.values().getLast(), residual.values().getLast(), done);
    }
    return best;
  }

  /** The trace as a mean over probes of random signs, with its standard error. */
  public Trace trace(Session s, int probes) {
    s.run(AT + "sign", 1).orThrow();
    Series samples = Series.of("sample");
    columns(s, "sample", probes, List.of(samples));
    return Trace.of(samples.array());
  }

  /**
   * The spectral density by stochastic Lanczos quadrature (Ghorbani et al. 2019, 1901.10159): one
   * tridiagonal matrix of at most {@link #lanczosSteps} rows for each random direction.
   */
  public Spectrum spectrum(Session s, int probes) {
    long size = 0;
    for (String name : parameters) {
      size += s.program().state(name).type().size();
    }
    int steps = (int) Math.min(lanczosSteps, size);
    List<Tridiagonal> all = new ArrayList<>();
    for (int k = 0; k < probes; k++) {
      s.run(AT + "normal", 1).orThrow();
      Series alpha = Series.of("alpha");
      Series beta = Series.of("beta");
      columns(s, "lanczos", steps, List.of(alpha, beta));
      all.add(Tridiagonal.of(alpha.array(), beta.array()));
    }
    return Spectrum.of(all);
  }
}
