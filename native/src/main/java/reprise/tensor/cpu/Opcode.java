package reprise.tensor.cpu;

/** Opcodes of the native interpreter, in the order of {@code src/opcodes.h}. */
enum Opcode {
  FILL_F32,
  FILL_I32,
  COPY,
  UNARY,
  UNARY_GRAD,
  BINARY,
  AFFINE,
  INCREMENT,
  TO_FLOAT,
  MATMUL,
  PERMUTE,
  COPY_BLOCKS,
  EXPAND,
  REDUCE,
  LAYER_NORM,
  LAYER_NORM_GRAD,
  RMS_NORM,
  RMS_NORM_GRAD,
  SOFTMAX,
  ATTENTION,
  ATTENTION_GRAD,
  ROTARY,
  CROSS_ENTROPY,
  CROSS_ENTROPY_GRAD,
  KL,
  KL_GRAD,
  GATHER,
  SCATTER_ADD,
  UNIFORM,
  NORMAL,
  SAMPLE_WINDOWS,
  SEQUENTIAL_WINDOWS,
  CALL_STEP,
  SCHEDULE,
  GLOBAL_NORM,
  CLIP_FACTOR,
  ADAMW,

  // -- fused --
  DENSE,
  DENSE_WEIGHT_GRAD,
  NORM_GRAD_ADD,
  SCATTER_ONTO,

  // -- convolution and batch normalisation --

  // -- attention of all kinds, experts --
  MULTI_HEAD,
  MULTI_HEAD_GRAD,
  ROTARY_EMBEDDING,

  // -- orderings, linear algebra, low precision, further optimisers --
  UPDATE,
  ADAFACTOR,
  RATE_DECAY,
  QUANTISE,
  MAP,
  MAP_GRAD,
  ZIP,
  SELECT,
}
