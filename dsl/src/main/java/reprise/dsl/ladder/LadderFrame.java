package reprise.dsl.ladder;

import java.util.List;
import reprise.dsl.density.LadderScale;
import reprise.dsl.density.TwoStepLaw;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Models and laws of a ladder as frames. */
final class LadderFrame {
  private LadderFrame() {}

  static Table of(List<Rung> rungs) {
    StringColumn id = StringColumn.create("run");
    StringColumn kind = StringColumn.create("kind");
    LongColumn params = LongColumn.create("N");
    LongColumn bytes = LongColumn.create("bytes");
    LongColumn tokens = LongColumn.create("D tokens");
    IntColumn seed = IntColumn.create("seed");
    DoubleColumn loss = DoubleColumn.create("cloze loss nats");
    DoubleColumn score = DoubleColumn.create("cloze score");
    DoubleColumn effective = DoubleColumn.create("effective N");
    DoubleColumn density = DoubleColumn.create("density");
    StringColumn note = StringColumn.create("note");
    StringColumn digest = StringColumn.create("digest");
    for (Rung r : rungs) {
      LadderTask task = r.run().task();
      id.append(task.id());
      kind.append(r.kind());
      params.append(Math.round(r.params().count()));
      bytes.append(r.bytes().count());
      tokens.append(task.model().tokensRead());
      seed.append(task.seed());
      loss.append(r.loss());
      score.append(r.score());
      effective.append(r.placement().effective());
      density.append(r.placement().density());
      note.append(r.placement().note());
      digest.append(r.run().digest().substring(0, Math.min(12, r.run().digest().length())));
    }
    return Table.create(
        "density ladder",
        id,
        kind,
        params,
        bytes,
        tokens,
        seed,
        loss,
        score,
        effective,
        density,
        note,
        digest);
  }

  static Table laws(List<LadderScale> scales) {
    IntColumn seed = IntColumn.create("seed");
    String[] names = {"a", "alpha", "b", "beta", "gamma", "l", "R2 of loss", "R2 of score"};
    DoubleColumn[] columns = new DoubleColumn[names.length];
    for (int i = 0; i < names.length; i++) {
      columns[i] = DoubleColumn.create(names[i]);
    }
    for (LadderScale s : scales) {
      seed.append(s.seed());
      TwoStepLaw w = s.law();
      double[] row = {w.a(), w.alpha(), w.b(), w.beta(), w.gamma(), w.l(), s.lossR2(), s.scoreR2()};
      for (int i = 0; i < row.length; i++) {
        columns[i].append(row[i]);
      }
    }
    Table table = Table.create("two-step laws", seed);
    return table.addColumns(columns);
  }
}
