package reprise.kernel.jupyter;

/** What is measured, with the most it may be. */
enum BenchFigure {
  INFO("start to kernel_info_reply, ms", 300),
  FIRST_CELL("start to first cell, ms", 700),
  FIRST_CELL_CPU("processor time to first cell, ms", 2000),
  MEMORY("memory after the first cell, MB", 200),
  EXIT("shutdown to exit, ms", 400),
  ONE_PLUS_ONE("1 + 1, ms", 25),
  COMPLETE("completion, ms", 35),
  INSPECT("inspect, ms", 30),
  HEARTBEAT("heartbeat, ms", 1),
  LINES("10,000 lines, ms", 60),
  MESSAGES("10,000 lines, messages", 50),
  CONTROL("control reply while busy, ms", 5),
  INTERRUPT("interrupt of a loop, ms", 50),
  CPU_AFTER("processor in the second after, %", 1);

  final String text;
  final double target;

  BenchFigure(String text, double target) {
    this.text = text;
    this.target = target;
  }
}
