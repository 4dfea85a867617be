/* One instruction: operands by offset, kernels by table, parts by thread. */
#include <math.h>
#include <string.h>

#include "call.h"
#include "operation.h"

TASK(unary) {
    CALL;
    c->k->unary((int)c->w[3], F(0), F(1), from, to);
}
TASK(unary_grad) {
    CALL;
    c->k->unary_grad((int)c->w[4], F(0), F(1), F(2), from, to);
}
TASK(binary) {
    CALL;
    c->k->binary((int)c->w[5], F(0), F(1), F(2), c->w[4], from, to);
}
TASK(affine) {
    CALL;
    c->k->affine(F(0), F(1), (float)rp_f64(c->w[3]), (float)rp_f64(c->w[4]), from, to);
}

static rp_gemm product(const call *c) {
    const int64_t m = c->w[4], n = c->w[5], k = c->w[6];
    const int ta = (int)c->w[7], tb = (int)c->w[8];
    return (rp_gemm){.m = m, .n = n, .k = k, .a = F(1), .ra = ta ? 1 : k, .ca = ta ? m : 1,
                     .b = F(2), .rb = tb ? 1 : n, .cb = tb ? k : 1, .c = F(0), .rc = n,
                     .accumulate = (int)c->w[9]};
}

TASK(matmul_rows) {
    CALL;
    rp_gemm g = product(c);
    g.a += from * g.ra;
    g.c += from * g.rc;
    g.m = to - from;
    c->k->gemm(&g, work);
}
TASK(matmul_columns) {
    CALL;
    rp_gemm g = product(c);
    g.b += from * g.cb;
    g.c += from;
    g.n = to - from;
    c->k->gemm(&g, work);
}
TASK(matmul_batches) {
    CALL;
    for (int64_t i = from; i < to; i++) {
        rp_gemm g = product(c);
        g.a += i * g.m * g.k;
        g.b += i * g.k * g.n;
        g.c += i * g.m * g.n;
        c->k->gemm(&g, work);
    }
}

TASK(layer_norm) {
    CALL;
    c->k->layer_norm(F(0), F(1), F(2), F(3), F(4), MAYBE(5), c->w[7], (float)rp_f64(c->w[8]), from,
                     to);
}
TASK(layer_norm_gain) {
    CALL;
    c->k->norm_dgain(F(1), MAYBE(2), F(3), F(5), F(6), F(7), c->w[8], c->w[9], from, to);
}
TASK(layer_norm_dx) {
    CALL;
    c->k->layer_norm_dx(F(0), F(3), F(4), F(5), F(6), F(7), (float *)0, c->w[9], from, to);
}
TASK(rms_norm) {
    CALL;
    c->k->rms_norm(F(0), F(1), F(2), F(3), c->w[5], (float)rp_f64(c->w[6]), from, to);
}
TASK(rms_norm_gain) {
    CALL;
    c->k->norm_dgain(F(1), (float *)0, F(2), (float *)0, F(4), F(5), c->w[6], c->w[7], from, to);
}
TASK(rms_norm_dx) {
    CALL;
    c->k->rms_norm_dx(F(0), F(2), F(3), F(4), F(5), (float *)0, c->w[7], from, to);
}
TASK(softmax) {
    CALL;
    c->k->softmax(F(0), F(1), c->w[3], from, to);
}
TASK(attention) {
    CALL;
    rp_attention a = {.y = F(0), .lse = F(1), .qkv = F(2), .batch = c->w[3], .time = c->w[4],
                      .heads = c->w[5], .width = c->w[6]};
    c->k->attention(&a, work, from, to);
}
TASK(attention_grad) {
    CALL;
    rp_attention a = {.dqkv = F(0), .qkv = F(1), .y = F(2), .lse = F(3), .dy = F(4),
                      .batch = c->w[5], .time = c->w[6], .heads = c->w[7], .width = c->w[8]};
    c->k->attention_grad(&a, work, from, to);
}
TASK(cross_entropy) {
    CALL;
    c->k->cross_entropy(F(0), F(1), F(2), I(3), c->w[5], from, to);
}
TASK(cross_entropy_grad) {
    CALL;
    c->k->cross_entropy_grad(F(0), F(1), I(2), F(3), F(4), c->w[6], from, to);
}
TASK(kl) {
    CALL;
    c->k->kl(F(0), F(1), F(2), F(3), I(4), c->w[6], from, to);
}
TASK(kl_grad) {
    CALL;
    c->k->kl_grad(F(0), F(1), F(2), I(3), F(4), F(5), c->w[7], from, to);
}
TASK(gather) {
    CALL;
    const int64_t d = c->w[5];
    for (int64_t i = from; i < to; i++) {
        memmove(F(0) + i * d, F(1) + I(2)[i] * d, (size_t)d * 4);
    }
}
TASK(scatter_add) {
    CALL;
    c->k->scatter_add(F(0), I(1), F(2), c->w[3], c->w[5], from, to);
}
TASK(adamw) {
    CALL;
    c->k->adamw(&c->adam, F(0), F(1), F(2), F(3), F(4), F(5), F(6), from, to);
}

/* Pairs (i, i + width/2) of each head of q and k turn by time base^(-2i/width). A task is a time:
 * its angles serve all rows of the batch. */
enum { ANGLES = 64 };

TASK(rotary) {
    CALL;
    const int64_t batch = c->w[2], time = c->w[3], heads = c->w[4], width = c->w[5];
    const int64_t d = heads * width, half = width / 2;
    const double sign = c->w[7] ? -1.0 : 1.0;
    for (int64_t t = from; t < to; t++) {
        for (int64_t b = 0; b < batch && F(0) != F(1); b++) {
            const int64_t v = (b * time + t) * 3 * d + 2 * d;
            memmove(F(0) + v, F(1) + v, (size_t)d * 4);
        }
        for (int64_t first = 0; first < half; first += ANGLES) {
            const int64_t n = half - first < ANGLES ? half - first : ANGLES;
            float cosine[ANGLES], sine[ANGLES];
            for (int64_t i = 0; i < n; i++) {
                const double angle =
                    (double)t * pow(rp_f64(c->w[6]), -2.0 * (double)(first + i) / (double)width);
                cosine[i] = (float)cos(angle);
                sine[i] = (float)(sign * sin(angle));
            }
            for (int64_t b = 0; b < batch; b++) {
                for (int64_t head = 0; head < 2 * heads; head++) {
                    const int64_t at = (b * time + t) * 3 * d + head * width + first;
                    const float *x = F(1) + at;
                    float *y = F(0) + at;
#pragma GCC ivdep
                    for (int64_t i = 0; i < n; i++) {
                        const float p = x[i], q = x[i + half];
                        y[i] = p * cosine[i] - q * sine[i];
                        y[i + half] = p * sine[i] + q * cosine[i];
                    }
                }
            }
        }
    }
}

static void permute(const call *c) {
    const int64_t rank = c->w[2];
    const int64_t *extent = c->w + 3, *stride = c->w + 9;
    const int64_t row = extent[rank - 1], step = stride[rank - 1];
    int64_t at[6] = {0}, rows = 1, from = 0;
    for (int64_t a = 0; a < rank - 1; a++) {
        rows *= extent[a];
    }
    float *y = F(0);
    for (int64_t i = 0; i < rows; i++, y += row) {
        const float *x = F(1) + from;
        if (step == 1) {
            memmove(y, x, (size_t)row * sizeof *y);
        } else {
            for (int64_t j = 0; j < row; j++) {
                y[j] = x[j * step];
            }
        }
        for (int64_t a = rank - 2; a >= 0; a--) {
            from += stride[a];
            if (++at[a] < extent[a]) {
                break;
            }
            from -= extent[a] * stride[a];
            at[a] = 0;
        }
    }
}

static void copy_blocks(const call *c) {
    const int64_t *w = c->w;
    if (w[2] * w[3] < w[8]) {
        memset(F(0), 0, (size_t)w[8] * 4);
    }
    for (int64_t b = 0; b < w[2]; b++) {
        memmove(F(0) + b * w[6] + w[7], F(1) + b * w[4] + w[5], (size_t)w[3] * 4);
    }
}

static void expand(const call *c) {
    const int64_t outer = c->w[2], repeat = c->w[3], inner = c->w[4];
    for (int64_t o = 0; o < outer; o++) {
        for (int64_t r = 0; r < repeat; r++) {
            float *y = F(0) + (o * repeat + r) * inner;
            if (inner == 1) {
                y[0] = F(1)[o];
            } else {
                memmove(y, F(1) + o * inner, (size_t)inner * 4);
            }
        }
    }
}

static void windows(const call *c, const rp_config *config, int sampled) {
    const int64_t n = c->w[4], batch = c->w[5], time = c->w[6];
    for (int64_t b = 0; b < batch; b++) {
        int64_t start;
        if (sampled) {
            uint32_t word[4];
            rp_philox((uint64_t)config->seed, (uint32_t)b, (uint32_t)I(3)[0], (uint32_t)c->w[7],
                      (uint32_t)config->run, word);
            start = (int64_t)(((uint64_t)word[0] * (uint64_t)(n - time)) >> 32);
        } else {
            const int64_t count = (n - 1) / time;
            const int64_t window = ((int64_t)I(3)[0] * batch + b) % count;
            start = (window < 0 ? window + count : window) * time;
        }
        memmove(I(0) + b * time, I(2) + start, (size_t)time * 4);
        memmove(I(1) + b * time, I(2) + start + 1, (size_t)time * 4);
    }
}

static double rate(const call *c) {
    const int64_t *w = c->w;
    const double step = I(1)[0], warmup = (double)w[3], total = (double)w[4];
    const double cooldown = (double)w[5], peak = rp_f64(w[6]), floor_ = rp_f64(w[7]);
    if (step < warmup) {
        return peak * (step + 1) / warmup;
    }
    const double span = total - warmup > 1 ? total - warmup : 1;
    const double progress = (step - warmup) / span < 1 ? (step - warmup) / span : 1;
    double share;
    switch (w[2]) {
    case RP_CONSTANT:
        return peak;
    case RP_COSINE:
        return floor_ + (peak - floor_) * (1 + cos(3.14159265358979323846 * progress)) / 2;
    case RP_LINEAR:
        return peak + (floor_ - peak) * progress;
    default:
        share = cooldown == 0 ? 1 : (total - step) / cooldown;
        share = share < 0 ? 0 : share > 1 ? 1 : share;
        return floor_ + (peak - floor_) * share;
    }
}

static void begin_adam(call *c) {
    const int64_t *w = c->w;
    const double step = (double)I(9)[0] + 1, b1 = rp_f64(w[11]), b2 = rp_f64(w[12]);
    c->adam = (rp_adam){.beta1 = (float)b1, .beta2 = (float)b2, .eps = (float)rp_f64(w[13]),
                        .decay = (float)rp_f64(w[14]), .rate = F(7)[0], .factor = F(8)[0],
                        .inv1 = (float)(1 / (1 - pow(b1, step))),
                        .inv2 = (float)(1 / (1 - pow(b2, step)))};
}

int32_t rp_execute(rp_session *s, const int64_t *words, int32_t step, rp_message message) {
    call local = {.session = s, .k = s->kernels, .w = words + 2};
    call *c = &local;
    const int64_t *w = local.w;
    switch (words[0]) {
    case RP_FILL_F32:
        for (int64_t i = 0; i < w[1]; i++) {
            F(0)[i] = (float)rp_f64(w[2]);
        }
        break;
    case RP_FILL_I32:
        for (int64_t i = 0; i < w[1]; i++) {
            I(0)[i] = (int32_t)w[2];
        }
        break;
    case RP_COPY:
        memmove(F(0), F(1), (size_t)w[2] * 4);
        break;
    case RP_UNARY:
        rp_parallel(s, unary, c, w[2], 1024);
        break;
    case RP_UNARY_GRAD:
        rp_parallel(s, unary_grad, c, w[3], 1024);
        break;
    case RP_BINARY:
        rp_parallel(s, binary, c, w[3], 4096);
        break;
    case RP_AFFINE:
        rp_parallel(s, affine, c, w[2], 4096);
        break;
    case RP_INCREMENT:
        for (int64_t i = 0; i < w[2]; i++) {
            I(0)[i] = (int32_t)((uint32_t)I(1)[i] + (uint32_t)w[3]);
        }
        break;
    case RP_TO_FLOAT:
        for (int64_t i = 0; i < w[2]; i++) {
            F(0)[i] = (float)I(1)[i];
        }
        break;
    case RP_MATMUL:
        if (w[3] > 1) {
            rp_parallel(s, matmul_batches, c, w[3], 1);
        } else if (w[4] >= w[5]) {
            rp_parallel(s, matmul_rows, c, w[4], 24);
        } else {
            rp_parallel(s, matmul_columns, c, w[5], 48);
        }
        break;
    case RP_PERMUTE:
        permute(c);
        break;
    case RP_COPY_BLOCKS:
        copy_blocks(c);
        break;
    case RP_EXPAND:
        expand(c);
        break;
    case RP_REDUCE:
        s->kernels->reduce((int)w[5], F(0), F(1), w[2], w[3], w[4]);
        break;
    case RP_LAYER_NORM:
        rp_parallel(s, layer_norm, c, w[6], 16);
        break;
    case RP_LAYER_NORM_GRAD:
        rp_parallel(s, layer_norm_gain, c, w[9], 16);
        rp_parallel(s, layer_norm_dx, c, w[8], 16);
        break;
    case RP_RMS_NORM:
        rp_parallel(s, rms_norm, c, w[4], 16);
        break;
    case RP_RMS_NORM_GRAD:
        rp_parallel(s, rms_norm_gain, c, w[7], 16);
        rp_parallel(s, rms_norm_dx, c, w[6], 16);
        break;
    case RP_SOFTMAX:
        rp_parallel(s, softmax, c, w[2], 16);
        break;
    case RP_ATTENTION:
        rp_parallel(s, attention, c, w[3] * w[5], 1);
        break;
    case RP_ATTENTION_GRAD:
        rp_parallel(s, attention_grad, c, w[5] * w[7], 1);
        break;
    case RP_ROTARY:
        rp_parallel(s, rotary, c, w[3], 4);
        break;
    case RP_CROSS_ENTROPY:
        if (indices(c, 3, w[4], w[5], message)) {
            return RP_ERROR;
        }
        rp_parallel(s, cross_entropy, c, w[4], 16);
        break;
    case RP_CROSS_ENTROPY_GRAD:
        if (indices(c, 2, w[5], w[6], message)) {
            return RP_ERROR;
        }
        rp_parallel(s, cross_entropy_grad, c, w[5], 16);
        break;
    case RP_KL:
        if (indices(c, 4, w[5], w[7], message)) {
            return RP_ERROR;
        }
        rp_parallel(s, kl, c, w[5], 16);
        break;
    case RP_KL_GRAD:
        if (indices(c, 3, w[6], w[8], message)) {
            return RP_ERROR;
        }
        rp_parallel(s, kl_grad, c, w[6], 16);
        break;
    case RP_GATHER:
        if (indices(c, 2, w[3], w[4], message)) {
            return RP_ERROR;
        }
        rp_parallel(s, gather, c, w[3], 64);
        break;
    case RP_SCATTER_ADD:
        if (indices(c, 1, w[3], w[4], message)) {
            return RP_ERROR;
        }
        memset(F(0), 0, (size_t)(w[4] * w[5]) * 4);
        rp_parallel(s, scatter_add, c, w[5], 16);
        break;
    case RP_UNIFORM:
    case RP_NORMAL:
        (words[0] == RP_UNIFORM ? rp_uniform : rp_normal)(
            F(0), w[2], (uint64_t)s->config.seed, w[1] < 0 ? 0 : (uint32_t)I(1)[0], (uint32_t)w[3],
            (uint32_t)s->config.run, rp_f64(w[4]), rp_f64(w[5]));
        break;
    case RP_SAMPLE_WINDOWS:
        windows(c, &s->config, 1);
        break;
    case RP_SEQUENTIAL_WINDOWS:
        windows(c, &s->config, 0);
        break;
    case RP_CALL_STEP:
        I(0)[0] = step;
        break;
    case RP_SCHEDULE:
        F(0)[0] = (float)rate(c);
        break;
    case RP_GLOBAL_NORM: {
        double sum = 0;
        for (int64_t i = 0; i < w[1]; i++) {
            sum += s->kernels->sum_squares(F(2 + 2 * i), w[3 + 2 * i]);
        }
        F(0)[0] = (float)sqrt(sum);
        break;
    }
    case RP_CLIP_FACTOR: {
        const float limit = (float)rp_f64(w[2]), norm = F(1)[0];
        F(0)[0] = norm > limit ? limit / norm : 1.0f;
        break;
    }
    case RP_ADAMW:
        begin_adam(c);
        rp_parallel(s, adamw, c, w[10], 4096);
        break;
    default:
        return rp_operations[words[0]].run(c, message);
    }
    return RP_OK;
}
