package reprise.tensor.cpu;

import reprise.tensor.ir.Instruction;
import reprise.tensor.ir.Recurrent;
import reprise.tensor.ir.Shape;

/** Gates of recurrent cells to native instructions: results, operands, rows, width. */
final class RecurrentLowering {
  private RecurrentLowering() {}

  static void lower(Recurrent op, Instruction i, Emitter code) {
    Opcode opcode =
        switch (op) {
          case Recurrent.Lstm _ -> Opcode.LSTM;
          case Recurrent.LstmGrad _ -> Opcode.LSTM_GRAD;
          case Recurrent.Gru _ -> Opcode.GRU;
          case Recurrent.GruGrad _ -> Opcode.GRU_GRAD;
        };
    boolean lstm = opcode == Opcode.LSTM || opcode == Opcode.LSTM_GRAD;
    Shape state = code.type(i, lstm ? 1 : 2).shape();
    int results = i.types().size();
    int operands = i.inputs().size();
    long[] words = new long[results + operands + 2];
    for (int k = 0; k < results; k++) {
      words[k] = code.result(i, k);
    }
    for (int k = 0; k < operands; k++) {
      words[results + k] = code.in(i, k);
    }
    words[results + operands] = state.rows();
    words[results + operands + 1] = state.dim(-1);
    code.emit(opcode, words);
  }
}
