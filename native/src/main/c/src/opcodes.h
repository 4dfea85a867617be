/*
 * Opcodes and their operands, in order. o = byte offset of an f32 or i32 tensor (o? may be -1 for
 * none), i = integer, d = f64 bits. The same numbers stand in Opcode.java; rp_abi reports the count.
 */
#ifndef RP_OPCODES_H
#define RP_OPCODES_H

enum rp_opcode {
    RP_FILL_F32 = 0,      /* o out, i n, d value */
    RP_FILL_I32,          /* o out, i n, i value */
    RP_COPY,              /* o out, o in, i n */
    RP_UNARY,             /* o out, o in, i n, i function */
    RP_UNARY_GRAD,        /* o dx, o x, o dy, i n, i function */
    RP_BINARY,            /* o out, o a, o b, i n, i m (size of b, divides n), i operator */
    RP_AFFINE,            /* o out, o in, i n, d scale, d shift */
    RP_INCREMENT,         /* o out, o in, i n, i by */
    RP_TO_FLOAT,          /* o out, o in, i n */
    RP_MATMUL,            /* o c, o a, o b, i batches, i m, i n, i k, i ta, i tb, i accumulate */
    RP_PERMUTE,           /* o out, o in, i rank <= 6, i extents of out[6], i strides of in[6] */
    RP_COPY_BLOCKS,       /* o out, o in, i blocks, i length, i xs, i x0, i ys, i y0, i n out */
    RP_EXPAND,            /* o out, o in, i outer, i repeat, i inner */
    RP_REDUCE,            /* o out, o in, i outer, i middle, i inner, i fold */
    RP_LAYER_NORM,        /* o y, o mean, o rstd, o x, o gain, o? bias, i rows, i d, d eps */
    RP_LAYER_NORM_GRAD,   /* o dx, o dgain, o? dbias, o x, o gain, o mean, o rstd, o dy, i rows, i d */
    RP_RMS_NORM,          /* o y, o rstd, o x, o gain, i rows, i d, d eps */
    RP_RMS_NORM_GRAD,     /* o dx, o dgain, o x, o gain, o rstd, o dy, i rows, i d */
    RP_SOFTMAX,           /* o out, o in, i rows, i d */
    RP_ATTENTION,         /* o y, o lse, o qkv, i batch, i time, i heads, i head width */
    RP_ATTENTION_GRAD,    /* o dqkv, o qkv, o y, o lse, o dy, i batch, i time, i heads, i width */
    RP_ROTARY,            /* o out, o in, i batch, i time, i heads, i width, d base, i inverse */
    RP_CROSS_ENTROPY,     /* o rows, o lse, o logits, o targets, i rows, i classes */
    RP_CROSS_ENTROPY_GRAD, /* o dlogits, o logits, o targets, o lse, o drows, i rows, i classes */
    RP_KL,                /* o rows, o lse, o logits, o table, o index, i rows, i classes, i states */
    RP_KL_GRAD,           /* o dlogits, o logits, o table, o index, o lse, o drows, i, i, i */
    RP_GATHER,            /* o out, o table, o index, i n, i rows, i d */
    RP_SCATTER_ADD,       /* o out, o index, o in, i n, i rows, i d */
    RP_UNIFORM,           /* o out, o? step, i n, i stream, d low, d high */
    RP_NORMAL,            /* o out, o? step, i n, i stream, d mean, d deviation */
    RP_SAMPLE_WINDOWS,    /* o inputs, o targets, o buffer, o step, i n, i batch, i time, i stream */
    RP_SEQUENTIAL_WINDOWS, /* o inputs, o targets, o buffer, o step, i n, i batch, i time */
    RP_CALL_STEP,         /* o out */
    RP_SCHEDULE,          /* o out, o step, i decay, i warmup, i total, i cooldown, d peak, d floor */
    RP_GLOBAL_NORM,       /* o out, i count, then count times: o in, i n */
    RP_CLIP_FACTOR,       /* o out, o norm, d limit */
    RP_ADAMW,             /* o p', o m', o v', o p, o g, o m, o v, o rate, o factor, o step, i n,
                             d beta1, d beta2, d eps, d decay */

    /* -- fused -- */
    RP_DENSE,             /* o c, o? active, o a, o b, o? bias, o? residual, o? slope, i m, i n, i k,
                             i tb, i function */
    RP_DENSE_WEIGHT_GRAD, /* o dw, o dbias, o x, o dy, i rows, i k, i n */
    RP_NORM_GRAD_ADD,     /* o dx, o dgain, o? dbias, o x, o gain, o? mean, o rstd, o dy, o residual,
                             i rows, i d */
    RP_SCATTER_ONTO,      /* o out, o table, o index, o in, i n, i rows, i d */
    RP_LINEAR_CROSS_ENTROPY, /* o rows, o lse, o? dx, o? dw, o x, o w, o targets, o? drows, i rows,
                                i classes, i d, i tw; the last three o? all or none */
    RP_CUT_CROSS_ENTROPY,    /* o rows, o lse, o x, o w, o targets, i rows, i classes, i d */
    RP_CUT_CROSS_ENTROPY_GRAD, /* o dx, o dw, o kept, o x, o w, o targets, o lse, o drows, o order,
                                  i rows, i classes, i d, d threshold */

    /* -- convolution and batch normalisation -- */
    RP_CONV,              /* o y, o x, o w, i images, i height, i width, i channels, i ky, i kx, i out,
                             i groups, i sy, i sx, i py, i px, i dy, i dx */
    RP_CONV_INPUT,        /* o dx, o dy, o w, extents as RP_CONV */
    RP_CONV_WEIGHT,       /* o dw, o x, o dy, extents as RP_CONV */
    RP_POOL,              /* o y, o x, i images, i height, i width, i channels, i ky, i kx, i sy, i sx,
                             i py, i px, i mean */
    RP_POOL_GRAD,         /* o dx, o x, o y, o dy, extents as RP_POOL */
    RP_BATCH_NORM,        /* o y, o mean, o variance, o x, o gain, o bias, o? residual, i rows, i c,
                             d eps, i relu */
    RP_BATCH_NORM_GRAD,   /* o dx, o dgain, o dbias, o? dresidual, o x, o gain, o bias, o mean,
                             o variance, o dy, o? y, i rows, i c, d eps, i relu */
    RP_BATCH,             /* o index, o weight, o step, i order, i examples, i batch, i stream */
    RP_LABELS,            /* o out, o labels, o index, i n, i examples */
    RP_NOISY_LABELS,      /* o out, o labels, o index, o share, o seed, i n, i classes, i stream */
    RP_CORRECT,           /* o out, o logits, o labels, i n, i classes */
    RP_AUGMENT,           /* o out, o in, o step, i images, i height, i width, i channels, i shift,
                             i flip, i stream */
    RP_RETELL,            /* o inputs, o targets, o origins, o heads, o values, o forms, o index,
                             o step, i rows, i head, i values, i attributes, i forms, i length,
                             i sequences, i fixed, i stream */

    /* -- attention of all kinds, experts -- */
    RP_MULTI_HEAD,        /* o y, o lse, o q, o k, o v, o? lengths, i batch, i tq, i tk, i heads,
                             i groups, i width, i causal */
    RP_MULTI_HEAD_GRAD,   /* o dq, o dk, o dv, o q, o k, o v, o y, o lse, o dy, o? lengths, then as
                             above from batch on */
    RP_ROTARY_EMBEDDING,  /* o out, o in, o? start, i batch, i time, i heads, i width, i rotated,
                             d base, i interleaved, i offset, i inverse */
    RP_PROJECT,           /* o y, o x, o w (packed), o? bias, i rows, i k, i n */
    RP_CACHE_APPEND,      /* o cache', o cache, o x, o start, i batch, i time, i groups, i width,
                             i slots, i transposed, i offset */
    RP_CACHE_ATTEND,      /* o y, o q, o keys, o values, o start, i batch, i time, i heads, i groups,
                             i width, i slots, i offset */
    RP_TOKENS_AT,         /* o out, o tokens, o start, i batch, i slots, i time */
    RP_POSITIONS_AT,      /* o out, o start, i batch, i time, i limit */
    RP_ADVANCE,           /* o out, o start, o last, i batch, i by */
    RP_SAMPLE_NEXT,       /* o tokens', o start', o done', o memory', o log-probability',
                             o entropy', o top', o logits, o tokens, o start, o done, o memory,
                             o log-probability, o entropy, o top, o prompt, o limit, o identity,
                             o rule, o parameters, o stop, o banned, i batch, i vocab, i slots,
                             i stops, i bans, i ban length, i stream */
    RP_ROUTE,             /* o expert, o slot, o counts, o probabilities, i n, i experts, i k,
                             i capacity */
    RP_PICK,              /* o gates, o probabilities, o expert, i n, i experts, i k */
    RP_PICK_GRAD,         /* o dprobabilities, o dgates, o expert, i n, i experts, i k */
    RP_DISPATCH,          /* o y, o x, o slot, o? gates, i n, i k, i slots, i d */
    RP_COMBINE,           /* o x, o y, o slot, o? gates, i n, i k, i slots, i d */
    RP_SLOT_DOTS,         /* o out, o x, o y, o slot, i n, i k, i slots, i d */
    RP_GROUPED_MAT_MUL,   /* o y, o x, o w, o counts, i experts, i capacity, i n, i k, i transposed */
    RP_GROUPED_OUTER,     /* o y, o a, o b, o counts, i experts, i capacity, i n, i k */

    /* -- orderings, linear algebra, low precision, further optimisers -- */
    RP_UPDATE,            /* o p', o? s', o? t', o p, o g, o? s, o? t, o rate, o factor, o? step,
                             i n, i rule, d a, d b, d eps, d decay: update.h */
    RP_ADAFACTOR,         /* o p', o r', o? c', o p, o g, o r, o? c, o rate, o factor, o step,
                             i batches, i rows, i columns, d eps1, d eps2, d clip, d power, d decay,
                             i relative */
    RP_RATE_DECAY,        /* o out, o step, i rule, i warmup, i period, d peak, d floor, d factor */
    RP_QUANTISE,          /* o out, o in, o? step, i outer, i n, i inner, i block, i scale, i kind,
                             i exponent or bits, i mantissa or symmetric, i specials, i saturate,
                             i stream */
    RP_MAP,               /* o out, o in, i n, i curve, d a, d b */
    RP_MAP_GRAD,          /* o dx, o x, o dy, i n, i curve, d a, d b */
    RP_ZIP,               /* o out, o a, o b, i pairing, i rank <= 6, i size of b, i extents[6],
                             i strides of b[6] */
    RP_SELECT,            /* o out, o mask, o a, o b, i n */
    RP_SCAN,              /* o out, o in, i outer, i n, i inner, i running, i reverse */
    RP_SCAN_GRAD,         /* o dx, o x, o y, o dy, i outer, i n, i inner, i running, i reverse */
    RP_BEST,              /* o out, o in, i outer, i n, i inner, i largest */
    RP_ORDER,             /* o values, o positions, o in, i outer, i n, i inner, i k, i descending */
    RP_TAKE_ALONG,        /* o out, o in, o index, i outer, i n, i inner, i k */
    RP_PUT_ALONG,         /* o out, o index, o in, i outer, i n, i inner, i extent of out */
    RP_ONE_HOT,           /* o out, o index, i n, i classes */
    RP_CONCAT,            /* o out, i count, i outer, i row, then count - 1 times: o in, i row */
    RP_REVERSE,           /* o out, o in, i outer, i n, i inner */
    RP_BAND,              /* o out, o in, i matrices, i rows, i columns, i lower, i upper */
    RP_IOTA,              /* o out, i n */
    RP_DROPOUT,           /* o out, o in, o step, i n, i stream, d rate */
    RP_LABEL_NOISE,       /* o out, o in, o step, i n, i stream, i classes, d rate */
    RP_SMOOTHED,          /* o rows, o lse, o logits, o targets, i rows, i classes, d smoothing,
                             i ignored */
    RP_SMOOTHED_GRAD,     /* o dlogits, o logits, o targets, o lse, o drows, i rows, i classes,
                             d smoothing, i ignored */
    RP_FINITE,            /* o in, i n, i value */
    RP_FACTOR,            /* o y0, o? y1, o? y2, o a, o? b, i kind, i matrices, i m, i n, i p,
                             i upper + 2 transposed */
    RP_FFT,               /* o out, o in, i lines, i n, i inverse */
    RP_WALSH,             /* o out, o in, i lines, i n */
    RP_LSTM,              /* o h, o c', o gates, o c, i rows, i width */
    RP_LSTM_GRAD,         /* o dgates, o dc, o gates, o c, o c', o dh, o dc', i rows, i width */
    RP_GRU,               /* o h', o x, o s, o h, i rows, i width */
    RP_GRU_GRAD,          /* o dx, o ds, o dh, o x, o s, o h, o dh', i rows, i width */

    /* -- chains -- */
    RP_CHAIN,             /* o out, i pairs of words that follow, i n, i inputs, then inputs and steps
                             as ops_chain.c says */

    RP_OPCODES
};

enum rp_function {
    RP_EXP, RP_LOG, RP_SQRT, RP_SQUARE, RP_RECIPROCAL, RP_TANH, RP_SIGMOID, RP_RELU, RP_GELU,
    RP_SILU, RP_GELU_EXACT, RP_FUNCTIONS
};
enum rp_operator { RP_ADD, RP_SUB, RP_MUL, RP_DIV, RP_OPERATORS };
enum rp_fold { RP_SUM, RP_MEAN, RP_MAX, RP_FOLDS };
enum rp_decay { RP_CONSTANT, RP_COSINE, RP_LINEAR, RP_STABLE, RP_DECAYS };

#endif
